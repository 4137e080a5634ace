# Prefork without --preload: the installed modules that the script imports at its top are loaded before the first
# request. Each line is tried in a fork before: what a request could see of it later leaves it to the requests.
import importlib
import os
import signal
import sys
import warnings
from _ast import PyCF_ONLY_AST, Constant, Expr, Import, ImportFrom, Module
from orphans import end_with_parent
from trial import Trial

LEFT_OUT = "cgi-workbench-agent: %s is not preloaded: %s\n"
TRIAL_SECONDS = 30
_exit = os._exit


def preload_configured(options):
    """Yields each module that cannot be loaded, with the reason: the script imports it itself, and says so."""
    for name in filter(None, (options.preload or "").split(",")):
        try:
            importlib.import_module(name)
        except Exception as error:
            yield name, "%s: %s" % (type(error).__name__, " ".join(str(error).split()))


def preload_imports(script):
    """Yields each module that is left out, with the reason."""
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
                yield name, "%s: %s" % (type(error).__name__, error)
                break
            if why:
                yield name, why
    finally:
        sys.modules["__main__"] = main


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
            os.write(writes, Trial(script).seen_of(lambda: exec(code, dict(vars(script.main)))).encode())
            _exit(0)
        finally:
            _exit(1)
    os.close(writes)
    with open(reads, "rb") as pipe:
        why = pipe.read().decode()
    return why if os.waitpid(pid, 0)[1] == 0 else None
