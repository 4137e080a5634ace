# Finding what a script leaves behind (--detect=FILE): before and after each request, whose report is a line of JSON in
# that file. What earlier processes reported there is watched line by line, and their modules are loaded first.
import gc
import importlib
import os
import sys
from os import O_APPEND, O_CREAT, O_WRONLY, close, getpid, write
from os import open as open_descriptor
from sys import getallocatedblocks
from exit_status import end_process
from library_facts import LibraryFacts, copied, is_bookkeeping, is_same
from detector_parts import augmented_names, json_text, only_in, reports_in, resident_bytes
from line_watch import LineWatch
from moving_facts import moving_facts, thread_facts
from state_facts import ABSENT_FACT, CONTAINERS, PLAIN, fixed_readers, shown

# Kinds whose names begin with a number that only this process knows, and what is said of it.
THIS_PROCESS = {"thread": "running", "file": "descriptor %s", "child": "process %s"}
MOST_FACTS = 1000  # of a kind, in a report
NEW_LOGGERS = ["level %d, 0 handlers, 0 filters" % level for level in (0, 30)]

def serve_detected(detector, run, request):
    """A script that spoils what the detector needs ends its process, which says so in place of a report."""
    try:
        run(request)
    except BaseException as error:
        if detector is None:
            raise
        detector.spoiled(error)

class Detector:
    """`own_descriptors`: a function for those of the agent."""

    def __init__(self, file, script, own_descriptors):
        self._file = file
        self._script = script
        self._own_descriptors = own_descriptors
        self._readers = fixed_readers()
        importlib.import_module("ast")  # before the first snapshot
        self._known = set()
        self._at_start = set(sys.modules)
        self._watch = self._main = self._names = self._before_all = self._before_script = None
        for report in reports_in(file):
            self._known.update((one["kind"], one["name"]) for one in report["kept"] + report["putBack"])
            for name in report["modules"]:
                try:
                    importlib.import_module(name)
                except Exception:
                    continue  # not by its name alone: the script loads it

    def arrive(self):
        """Before the agent prepares anything."""
        self._before_all = self._taken()

    def begin(self, main):
        """Right before the script."""
        self._before_script = self._taken()
        self._main = main
        names = {name: value for name, value in vars(main).items() if name[:2] != "__"}
        self._names = names, {name: copied(value) for name, value in names.items() if type(value) in CONTAINERS}
        self._watch = LineWatch(self._known, main, self._own_descriptors)
        self._watch.start(self._script.folders)

    def script_ended(self):
        """Its variables are still there, and so is what lives by them."""
        self._watch.stop()
        before = self._before_script[0]
        self._threads = [(key, None, name) for key, name in thread_facts().items() if key not in before]

    def before_putting_back(self):
        self._changed = self._differences(self._before_script)
    def finish(self):
        """After the agent has put back what it can: what differs still is kept."""
        kept = [one for one in self._differences(self._before_all) if one[0][0] != "thread"] + self._threads
        keys = {key for key, *_ in kept}
        kept += self._globals()
        report = {
            "pid": getpid(),
            "kept": [self._fact(*one) for one in kept[:MOST_FACTS]],
            "putBack": [self._fact(*one) for one in self._changed[:MOST_FACTS]
                        if one[0] not in keys and one[0][0] not in THIS_PROCESS],
            "modules": [name for name in sys.modules if name not in self._at_start and not self._is_own(name)],
        }
        self._before_all = self._before_script = self._changed = self._names = kept = None
        gc.unfreeze()
        gc.collect()
        report["blocks"] = getallocatedblocks()
        report["residentBytes"] = resident_bytes()
        self._write(json_text(report))
    def spoiled(self, error):
        """Never returns. The line is no report."""
        self._write(json_text({"spoiled": "%s: %s" % (type(error).__name__, error)}))
        end_process(70)
    def _write(self, line):
        descriptor = open_descriptor(self._file, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        write(descriptor, line.encode() + b"\n")
        close(descriptor)
    def _taken(self):
        own = self._own_descriptors()
        facts = {key: read() for key, read in self._readers.items()}
        facts.update(moving_facts(own))
        return facts, LibraryFacts({sys.modules["__main__"]})
    def _differences(self, taken):
        """((kind, name), before, after)."""
        before, libraries = taken
        now = {key: read() for key, read in self._readers.items()}
        now.update(moving_facts(self._own_descriptors()))
        found = []
        for key in [*before, *[one for one in now if one not in before]]:
            was, is_now = before.get(key, ABSENT_FACT), now.get(key, ABSENT_FACT)
            if was == is_now or key[0] in THIS_PROCESS and is_now is ABSENT_FACT:
                continue
            if key[0] == "setting" and was is ABSENT_FACT:
                continue  # with its module
            if key[0] == "logging" and was is ABSENT_FACT and is_now in NEW_LOGGERS:
                continue
            if isinstance(was, tuple) and isinstance(is_now, tuple):
                found.append((key, only_in(was, is_now), only_in(is_now, was)))
            else:
                found.append((key, shown(was), shown(is_now)))
        found += [((kind, name), was, is_now) for kind, name, was, is_now in libraries.differences()]
        return found
    def _globals(self):
        """With --globals=keep: variables that this run has changed and the next one finds so."""
        values, contents = self._names
        augmented = augmented_names(self._script.path)
        found = []
        for name, was in values.items():
            is_now = vars(self._main).get(name)
            if was is is_now and contents.get(name) is not None and not is_same(contents[name], is_now):
                found.append((("global", name), shown(contents[name]), shown(is_now)))
            elif name in augmented and type(was) in PLAIN and type(is_now) in PLAIN and was != is_now is not None:
                found.append((("global", name), shown(was), shown(is_now)))
        return found
    def _fact(self, key, before, after):
        kind, name = key
        if kind in THIS_PROCESS:
            number, _, name = name.partition("\0")
            name = name.partition(":[")[0]  # of pipes and sockets: the kernel's number says nothing
            after = THIS_PROCESS[kind].replace("%s", number)
        place = self._watch.line_of(kind, name)
        is_attribute = kind in ("attribute", "growth", "content")
        return {
            "kind": kind, "name": name, "before": before, "after": after,
            "file": place and place[0], "line": place and place[1],
            "by": place and place[2], "isBookkeeping": is_attribute and is_bookkeeping(name),
        }
    def _is_own(self, name):
        return name == "__main__" or self._script.owns(sys.modules[name])
