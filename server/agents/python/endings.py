# What Python does at the end of a process, for a script that ends while the process goes on.
import _thread
import atexit
import gc
import sys
from _thread import start_new_thread
from _weakref import ref
from os import getpid
from living import fork_server, join, living_processes, living_threads, other_threads, silence_threads
from main_names import clear_names
from script import flush_output, report

_register, _clear, _run_exitfuncs = atexit.register, atexit._clear, atexit._run_exitfuncs
# The modules of pools: their threads, with what wakes each, and what tells these that Python ends.
POOLS = {"concurrent.futures.thread": ("_threads_queues", "_shutdown"),
         "concurrent.futures.process": ("_threads_wakeups", "_global_shutdown")}


class Endings:
    """Functions of `atexit`: the script's own run at its end, those of modules that stay at the end of the process."""

    def __init__(self, script):
        self._script = script
        self._of_modules = []
        self._ended_pools = []
        self._has_finalized = self._has_unknown = False
        self._take_functions()

    def _take_functions(self):
        atexit.register = self._registers
        _thread.start_new_thread = _thread.start_new = self._starts

    def _starts(self, *arguments):
        """A thread that nothing tells of before it first runs, unless `threading` has asked: it knows its own."""
        if sys._getframe(1).f_globals.get("__name__") != "threading":
            self._has_unknown = True
        return start_new_thread(*arguments)

    def _registers(self, func, *args, **kwargs):
        caller = sys._getframe(1).f_globals
        file = caller.get("__file__")
        if caller.get("__name__") == "__main__" or type(file) is str and file.startswith(self._script.folders):
            return _register(func, *args, **kwargs)
        self._of_modules.append((func, args, kwargs))
        return func

    def prepare(self):
        _clear()
        self._ended_pools.clear()
        self._take_functions()

    def begin(self):
        """What lives now is not the script's."""
        self._pid = getpid()
        self._before = living_threads().union(living_processes())
        self._server = fork_server()

    def join_threads(self):
        """Waits for those of the script, as Python does."""
        if getpid() != self._pid:
            end_threads()
            return
        own = living_threads() - self._before
        if not own:
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
        return (self._has_finalized or self._has_unknown or fork_server() != self._server
                or any(pool() is not None for pool in self._ended_pools)
                or not self._before.issuperset(living_threads().union(living_processes())))

    def leave(self):
        """The process ends, and with it the modules."""
        _clear()
        for func, args, kwargs in self._of_modules:
            _register(func, *args, **kwargs)
        _run_exitfuncs()

    def end_fork(self, main, status):
        """A fork of the script's is at its end: the rest of what Python does there. Its exit status."""
        try:
            self.leave()
        except BaseException as error:
            report(error)
        return last_output(main, status)


def end_threads():
    """In a process that is the script's alone, as Python does it."""
    threading = sys.modules.get("threading")
    if threading and (other_threads() or getattr(threading, "_threading_atexits", True)):
        threading._shutdown()


def last_output(main, status):
    """Of a process that is the script's alone. Files that it did not close are written, too."""
    status = flush_output() or status
    silence_threads(living_threads())
    clear_names(main)
    gc.collect()
    flush_output(is_last=True)
    return status
