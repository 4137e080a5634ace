# What Python does at the end of a process, for a script that ends while the process goes on.
import atexit
import sys
from _thread import get_ident
from script import report

_register, _unregister = atexit.register, atexit.unregister


class Endings:
    """Functions of `atexit`: the script's own run at its end, those of modules that stay at the worker's."""

    def __init__(self, folder):
        self._folder = folder + "/"
        self._functions = []
        self.is_running = False
        atexit.register, atexit.unregister = self._registers, self._unregisters

    def _registers(self, func, *args, **kwargs):
        caller = sys._getframe(1).f_globals
        file = caller.get("__file__")
        is_own = caller.get("__name__") == "__main__" or isinstance(file, str) and file.startswith(self._folder)
        if not self.is_running or not is_own:
            return _register(func, *args, **kwargs)
        self._functions.append((func, args, kwargs))
        return func

    def _unregisters(self, func):
        self._functions = [one for one in self._functions if one[0] != func]
        _unregister(func)

    def begin(self):
        self.is_running = True
        atexit.register, atexit.unregister = self._registers, self._unregisters

    def run(self):
        """The last first. An error of one does not keep the others from running."""
        while self._functions:
            func, args, kwargs = self._functions.pop()
            try:
                func(*args, **kwargs)
            except SystemExit:
                pass  # Python gives no status for it
            except Exception as error:
                print("Exception ignored in atexit callback: %r" % (func,), file=sys.stderr)
                report(error)

    def forget(self):
        self.is_running = False
        self._functions.clear()


def join_threads(before):
    """Waits for the script's threads, as Python does; true when one is left that no end of a process will stop."""
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
