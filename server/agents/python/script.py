# The script as `python3 SCRIPT` runs it: compiled once, in a module `__main__` of its own, with Python's own end.
import sys
import types
import warnings
from _signal import SIGINT
from os import stat
from exit_status import BY_SIGNAL
from script_folder import ScriptFolder
from standard_error import write_error

AGENT_FILE = __file__
# What a module `__main__` has before its first line, in this version of Python and in its order.
MAIN_NAMES = {name: value for name, value in list(globals().items()) if name[:2] == name[-2:] == "__"}
SOURCE_LOADER = sys.modules["_frozen_importlib_external"].SourceFileLoader


class Vanish(BaseException):
    """The script has ended itself in a way that no `except` of it may stop; persistent processes need it."""


class Script(ScriptFolder):
    """The file, and its code while the file stays what it was."""

    def __init__(self, path):
        super().__init__(path)
        self._version = None
        self._code = None
        self.main = None  # the module `__main__` that preloaded modules may have kept

    def refresh(self):
        """Compiles a file that changed; true when it did. What cannot be compiled is left to the request."""
        try:
            found = stat(self.path)
            version = found.st_mtime_ns, found.st_size, found.st_ino
        except OSError:
            version = None
        if version == self._version:
            return False
        self._version, self._code = version, None
        if version is not None:
            self.find_folder()
            self._code = self._compiled_quietly()
        return True

    def code(self):
        """Raises what Python raises for a file that is not a program."""
        return self._code or self._compiled()

    def _compiled(self):
        with open(self.path, "rb") as file:
            source = file.read()
        return compile(source, self.path, "exec", dont_inherit=True)

    def _compiled_quietly(self):
        """None with warnings, too: they are printed for each request, as a new process prints them."""
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            try:
                code = self._compiled()
            except (OSError, SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
                return None
        return None if seen else code

    def main_module(self):
        module = types.ModuleType("__main__")
        names = vars(module)
        names.clear()
        names.update(MAIN_NAMES)
        names["__builtins__"] = sys.modules["builtins"]
        names["__doc__"] = None
        names["__file__"] = self.path
        names["__loader__"] = SOURCE_LOADER("__main__", self.path)
        if "__annotations__" in names:
            names["__annotations__"] = {}
        return module


def run_main(script, module):
    """Runs the script to its end; its exit status, as in exit_status.py."""
    try:
        exec(script.code(), vars(module))
        return 0
    except Vanish:
        raise
    except SystemExit as leaving:
        return status_of(leaving)
    except BaseException as error:
        failure = error
    status = report(failure)  # not within `except`: an error of a hook would name it as its context
    return BY_SIGNAL + SIGINT if type(failure) is KeyboardInterrupt and status == 1 else status  # Python dies of it


def status_of(leaving):
    code = leaving.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 255 if -sys.maxsize - 1 <= code <= sys.maxsize else 255  # the others are no number of C's
    write_error(code, sys.stderr is None)
    write_error("\n")
    return 1


def report(error):
    """Prints the traceback from the script's own frame on, through the hook that the script may have set."""
    error = without_agent(error)
    try:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    except SystemExit as leaving:
        return status_of(leaving)
    except BaseException as failure:
        second = without_agent(failure)
    write_error("Error in sys.excepthook:\n")
    sys.__excepthook__(type(second), second, second.__traceback__)
    write_error("\nOriginal exception was:\n")
    sys.__excepthook__(type(error), error, error.__traceback__)
    return 1


def without_agent(error):
    """Without its frames: those below the script's, and those of a function that it has guarded."""
    traces, trace = [], error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename != AGENT_FILE:
            traces.append(trace)
        trace = trace.tb_next
    for trace, following in zip(traces, [*traces[1:], None]):
        if trace.tb_next is not following:  # Python looks for a loop in all that follow
            trace.tb_next = following
    return error.with_traceback(traces[0] if traces else None)


def flush(stream, is_last=False):
    """False when what the script printed could not be written; it is reported once."""
    try:
        if not getattr(stream, "closed", False):
            stream.flush()
        return True
    except Exception as error:
        if stream is sys.stdout and not is_last:
            write_error("Exception ignored in: %r\n%s: %s\n" % (stream, type(error).__name__, error), False)
        return False


def flush_output(is_last=False):
    """As Python does twice at its end: an exit status for output that is lost, or 0."""
    done = [flush(stream, is_last) for stream in (sys.stdout, sys.stderr) if stream is not None]
    return 0 if all(done) else 120
