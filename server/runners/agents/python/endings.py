# What Python does at the end of a process, for a script that ends while the process goes on.
import atexit
import sys
from _thread import get_ident
from os import WNOHANG, waitpid

_register, _clear, _run_exitfuncs = atexit.register, atexit._clear, atexit._run_exitfuncs


class Endings:
    """Functions of `atexit`: the script's own run at its end, those of modules that stay at the end of the process."""

    def __init__(self, folder):
        self._folder = folder + "/"
        self._of_modules = []
        atexit.register = self._registers

    def _registers(self, func, *args, **kwargs):
        caller = sys._getframe(1).f_globals
        file = caller.get("__file__")
        if caller.get("__name__") == "__main__" or type(file) is str and file.startswith(self._folder):
            return _register(func, *args, **kwargs)
        self._of_modules.append((func, args, kwargs))
        return func

    def begin(self):
        _clear()
        atexit.register = self._registers

    def run(self):
        _run_exitfuncs()

    def leave(self):
        """The process ends, and with it the modules."""
        _clear()
        for func, args, kwargs in self._of_modules:
            _register(func, *args, **kwargs)
        _run_exitfuncs()


def join_threads(before):
    """Waits for the script's threads, as Python does; true when one is left that only the end of a process stops."""
    threading = sys.modules.get("threading")
    if threading is None:
        return False
    own = get_ident()
    mine = [one for one in threading.enumerate() if one not in before and one.ident != own]
    for thread in mine:
        if not thread.daemon:
            thread.join()
    return any(thread.is_alive() for thread in mine)


def living_threads():
    threading = sys.modules.get("threading")
    return set(threading.enumerate()) if threading else set()


def reap():
    """Children that the script did not wait for."""
    try:
        while waitpid(-1, WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
