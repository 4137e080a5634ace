# Prefork without --preload: the installed modules that the script imports at its top are loaded before the first
# request. Each line is tried in a fork before: what a request could see of it later leaves it to the requests.
import gc
import os
import signal
import sys
import warnings
from _ast import PyCF_ONLY_AST, Constant, Expr, Import, ImportFrom, Module
from living import other_threads, reap
from memory_files import memory_file
from orphans import end_with_parent

LIBRARY = os.path.dirname(os.__file__) + "/"
INSTALLED = "/site-packages/", "/dist-packages/"
STREAMS = "stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"
TRIAL_SECONDS = 30
_exit = os._exit


class OwnFile(BaseException):
    """An import is about to run a file that is not installed."""


def preload_imports(script):
    main = sys.modules["__main__"]
    script.main = sys.modules["__main__"] = script.main_module()
    try:
        for name, code in imports_at_top(script.path):
            try:
                why = tried(code, script)
                if why is None:
                    break  # a module of the script's own, or one that fails: the lines after it may depend on it
                if not why:
                    exec(code, dict(vars(script.main)))
            except Exception as error:
                leave(name, "%s: %s" % (type(error).__name__, error))
                break
            if why:
                leave(name, why)
    finally:
        sys.modules["__main__"] = main


def leave(name, why):
    sys.stderr.write("cgi-workbench-agent: %s is not preloaded: %s\n" % (name, why))


def imports_at_top(path):
    """The name of each module with the code that imports it, up to the first line that does something else."""
    try:
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = compile(file.read(), path, "exec", PyCF_ONLY_AST, dont_inherit=True).body
    except (OSError, SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return
    for line in body:
        if type(line) is Import:
            parts = [(one.name, Import([one])) for one in line.names]
        elif type(line) is ImportFrom and not line.level:
            parts = [(line.module, line)] if line.module != "__future__" else []
        elif type(line) is Expr and type(line.value) is Constant:
            continue  # the description
        else:
            return
        for name, part in parts:
            part.lineno, part.col_offset = line.lineno, line.col_offset
            yield name, compile(Module([part], []), path, "exec", dont_inherit=True)


def tried(code, script):
    """What a request could see of the import; "" for nothing, None when it does not succeed."""
    reads, writes = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            end_with_parent(parent, signal.SIGKILL)
            signal.alarm(TRIAL_SECONDS)
            os.write(writes, seen_of(code, script).encode())
            _exit(0)
        finally:
            _exit(1)
    os.close(writes)
    with open(reads, "rb") as pipe:
        why = pipe.read().decode()
    return why if os.waitpid(pid, 0)[1] == 0 else None


def seen_of(code, script):
    """What a request could see of the import, which runs in this process."""
    import random
    noted = []

    def note(owner, name, why):
        function = getattr(owner, name)

        def noting(*values, **named):
            if not is_numpy_loading():
                noted.append(why)
            return function(*values, **named)

        setattr(owner, name, noting)

    for owner, name in ((random.Random, "seed"), (random, "seed"), (random, "setstate")):
        note(owner, name, "it seeds random numbers")
    for owner, name in ((random, "_urandom"), (os, "urandom")):
        note(owner, name, "it draws a secret")
    note(os, "getpid", "it asks for the number of its process")
    if "numpy.random" in sys.modules:
        note(sys.modules["numpy.random"], "seed", "it seeds random numbers")
    streams = memory_file(b".")
    for descriptor in range(3):
        os.dup2(streams, descriptor)
    sys.addaudithook(lambda event, values: refuse_own_files(event, values, script.path))
    before = state_of_process()
    exec(code, dict(vars(script.main)))
    after = state_of_process()
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        stream.flush()
    if os.lseek(streams, 0, os.SEEK_CUR):
        noted.append("it reads or writes a standard stream")
    return next((why for why in before if before[why] != after[why]), noted[0] if noted else "")


def is_numpy_loading():
    """NumPy seeds its generator while it loads, which does not count: each fork seeds it again."""
    return getattr(getattr(sys.modules.get("numpy.random"), "__spec__", None), "_initializing", False)


def refuse_own_files(event, values, script):
    file = values[0].co_filename if event == "exec" else values[1] if event == "import" else None
    if file and file != script and file[0] != "<" and not file.startswith(LIBRARY) and not any(
            one in file for one in INSTALLED):
        raise OwnFile


def state_of_process():
    """What an import may not change, by the sentence that tells of the change."""
    return {
        "it starts a thread": other_threads(),
        "it starts a process": reap(),
        "it opens a file or a socket": os.listdir("/dev/fd"),
        "it handles a signal": [signal.getsignal(number) for number in signal.valid_signals()],
        "it replaces a standard stream": [getattr(sys, name) for name in STREAMS],
        "it switches the collector of garbage": gc.isenabled(),
    }
