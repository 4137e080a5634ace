# Finding what a script leaves behind: the line that changed it. Known facts are compared after each line of the script,
# and where it calls a library, which tells its own doing from the library's.
import sys
from library_facts import attribute_reader
from moving_facts import living_children, open_files
from state import VARIABLES
from state_facts import fixed_readers, of_module

MOST_COMPARISONS = 2000000  # of single facts; then the script runs on unwatched
MOST_WATCHED = 200


class LineWatch:
    """`keys`: (kind, name) of the facts. `main` has the script's global variables."""

    def __init__(self, keys, main, own_descriptors):
        fixed = fixed_readers()
        self.changed_by = {}
        self._readers = {}
        for kind, name in sorted(keys)[:MOST_WATCHED]:
            reader = fixed.get((kind, name))
            if kind == "environment":
                reader = lambda name=name.encode("utf-8", "surrogateescape"): VARIABLES.get(name)
            elif kind == "file":
                name, reader = "", lambda: tuple(sorted(open_files(own_descriptors()).items()))
            elif kind == "child":
                name, reader = "", lambda: tuple(sorted(living_children()))
            elif kind == "thread":
                name, reader = "", lambda: of_module("threading", "active_count")
            elif kind == "global":
                reader = lambda name=name: global_state(vars(main).get(name))
            elif kind in ("attribute", "growth", "content"):
                kind, reader = "attribute", attribute_reader(name)
            if reader is not None:
                self._readers[kind, name] = reader
        self._values = {key: read() for key, read in self._readers.items()}
        self._left = MOST_COMPARISONS
        self._place = None
        self._by = "script"

    def line_of(self, kind, name):
        """(file, line, "script" or "library"), or None."""
        kind = "attribute" if kind in ("growth", "content") else kind
        return self.changed_by.get((kind, "" if kind in ("file", "child", "thread") else name))

    def start(self, folders):
        self._folders = folders
        if self._readers:
            sys.settrace(self._trace)

    def stop(self):
        sys.settrace(None)
        self._compare()

    def _compare(self):
        self._left -= len(self._readers)
        for key, read in self._readers.items():
            value = read()
            if value != self._values[key]:
                self._values[key] = value
                if self._place:
                    self.changed_by[key] = (*self._place, self._by)

    def _trace(self, frame, event, _):
        if self._left < 0:
            sys.settrace(None)
            return None
        caller = frame.f_back
        if not self._is_own(frame):
            if caller is not None and self._is_own(caller):
                self._compare()
                self._by = "library"
            return None
        self._compare()
        self._by = "script"
        if event == "return":
            if caller is not None and self._is_own(caller):
                self._place = caller.f_code.co_filename, caller.f_lineno
        else:
            self._place = frame.f_code.co_filename, frame.f_lineno
        return self._trace

    def _is_own(self, frame):
        return frame.f_code.co_filename.startswith(self._folders)


def global_state(value):
    return id(value), len(value) if hasattr(type(value), "__len__") else None
