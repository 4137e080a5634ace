# What Python does at the end of a process, for a script that ends while the process goes on.
import atexit
import sys
from _thread import _count as other_threads
from _thread import get_ident
from _weakref import ref
from os import WNOHANG, getpid, waitpid
from script import clear_names

_register, _clear, _run_exitfuncs = atexit.register, atexit._clear, atexit._run_exitfuncs
# The modules of pools: their threads, with what wakes each, and what tells these that Python ends.
POOLS = {"concurrent.futures.thread": ("_threads_queues", "_shutdown"),
         "concurrent.futures.process": ("_threads_wakeups", "_global_shutdown")}

LOOK_SECONDS = 0.5


class Endings:
    """Functions of `atexit`: the script's own run at its end, those of modules that stay at the end of the process."""

    def __init__(self, folder):
        self._folder = folder + "/"
        self._of_modules = []
        self._ended_pools = []
        self._has_finalized = False
        atexit.register = self._registers

    def _registers(self, func, *args, **kwargs):
        caller = sys._getframe(1).f_globals
        file = caller.get("__file__")
        if caller.get("__name__") == "__main__" or type(file) is str and file.startswith(self._folder):
            return _register(func, *args, **kwargs)
        self._of_modules.append((func, args, kwargs))
        return func

    def prepare(self):
        _clear()
        self._ended_pools.clear()
        atexit.register = self._registers

    def begin(self):
        """What lives now is not the script's."""
        self._pid = getpid()
        self._before = living_threads().union(living_processes())

    def join_threads(self):
        """Waits for those of the script, as Python does."""
        own = living_threads() - self._before
        if not own or getpid() != self._pid:
            return
        try:
            self._end_pools(own)
            for thread in own:
                if not thread.daemon:
                    join(thread)
        finally:
            for name, (_, flag) in POOLS.items():
                if name in sys.modules:
                    setattr(sys.modules[name], flag, False)

    def _end_pools(self, own):
        """Those that the script did not shut down: their threads wait until Python wakes them, at its end."""
        for name, (threads, _) in POOLS.items():
            wakes = getattr(sys.modules.get(name), threads, ())
            if any(thread in wakes for thread in own):
                self._ended_pools += [ref(wakes[thread]) for thread in living_threads() if thread in wakes]
                ending = sys.modules["threading"].Thread(target=sys.modules[name]._python_exit)
                ending.start()
                join(ending)

    def run(self):
        _run_exitfuncs()
        if getpid() == self._pid and not self._before.issuperset(living_processes()):
            self._end_processes(sys.modules["multiprocessing.util"])

    def _end_processes(self, util):
        """Waits for those of multiprocessing, as that does at Python's end."""
        self._has_finalized = any(priority is not None for priority, _ in util._finalizer_registry)
        try:
            util._exit_function()
        finally:
            util._exiting = False

    def clear_names(self, module):
        silence_threads(living_threads() - self._before)
        clear_names(module)

    def has_left(self):
        """Whether something of the script goes on, or something that a module keeps has ended with the script."""
        return (self._has_finalized or any(pool() is not None for pool in self._ended_pools)
                or not self._before.issuperset(living_threads().union(living_processes())))

    def leave(self):
        """The process ends, and with it the modules."""
        _clear()
        for func, args, kwargs in self._of_modules:
            _register(func, *args, **kwargs)
        _run_exitfuncs()


def join(thread):
    """
    A signal that comes while this thread leaves Python to wait is handled only when it returns to it, and the script
    of a client that has left would go on.
    """
    kind = sys.modules["threading"].Thread  # a script may override what it inherits
    while kind.is_alive(thread):
        kind.join(thread, LOOK_SECONDS)


def living_threads():
    """But this one."""
    threading = sys.modules.get("threading") if other_threads() else None
    own = get_ident()
    return {one for one in threading.enumerate() if one.ident != own} if threading else set()


def living_processes():
    """Of multiprocessing."""
    module = sys.modules.get("multiprocessing.process")
    return module.active_children() if module else ()


def reap():
    """Children that the script did not wait for."""
    try:
        while waitpid(-1, WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def silence_threads(threads):
    """
    Python stops them before it clears names; here they go on, and fail at the first name that they use. Others than
    those of `threading` cannot be named: nothing is heard of their failures.
    """
    if other_threads():
        own, hook = get_ident(), sys.unraisablehook
        sys.unraisablehook = lambda failure: hook(failure) if get_ident() == own else None
    for thread in threads:
        thread._invoke_excepthook = lambda _: None
