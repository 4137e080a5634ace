# What a script may change in its process and the next one must not find: taken before a request, put back after it.
import builtins
import gc
import os
import signal
import sys
import warnings
from _locale import LC_ALL, setlocale
from _signal import ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, SIG_DFL, getsignal, setitimer
from _signal import set_wakeup_fd
from _signal import signal as set_signal
from os import chdir, umask
from asyncio_state import AsyncioState
from logging_state import LoggingState
from random_numbers import seed_generators

BUILTINS = vars(builtins)
ENVIRONMENT, BYTES_ENVIRONMENT = os.environ, getattr(os, "environb", None)
SIGNALS = [int(one) for one in signal.Signals if one not in (signal.SIGKILL, signal.SIGSTOP)]
SYS_LISTS = ("path", "argv", "meta_path", "path_hooks", "warnoptions")
SYS_HOOKS = ("excepthook", "displayhook", "unraisablehook", "breakpointhook", "ps1", "ps2", "tracebacklimit",
             "dont_write_bytecode", "stdin", "stdout", "stderr")
ABSENT = object()


class State:
    def __init__(self, script, drops_modules):
        self._script = script
        self._folder = os.path.dirname(script.path)  # its working directory
        self._drops_modules = drops_modules
        self._umask = umask(0o22)
        umask(self._umask)
        self._filters_mutated = getattr(warnings, "_filters_mutated", None)
        self.logging = LoggingState()
        self.asyncio = AsyncioState()

    def take(self):
        self._builtins = dict(BUILTINS)
        self._signals = [getsignal(number) for number in SIGNALS]
        self._lists = [list(getattr(sys, name)) for name in SYS_LISTS]
        self._hooks = [getattr(sys, name, ABSENT) for name in SYS_HOOKS]
        self._limit = sys.getrecursionlimit()
        self._interval = sys.getswitchinterval()
        self._locale = setlocale(LC_ALL)
        self._filters = list(warnings.filters)
        self._showwarning = warnings.showwarning
        self._collector = gc.isenabled(), gc.get_threshold()
        self._modules = set(sys.modules)
        self._timeout = sys.modules["socket"].getdefaulttimeout()
        self.logging.take()
        self.asyncio.take()
        if self._filters_mutated:
            self._filters_mutated()  # a warning that was shown is shown to the next request, too
        seed_generators()

    def silence(self):
        """What could still call the script."""
        sys.settrace(None)
        sys.setprofile(None)
        self.asyncio.put_back()
        self._put_back_signals()

    def put_back(self):
        """Builtins first: everything else may need them."""
        if BUILTINS != self._builtins:
            for name in [one for one in BUILTINS if one not in self._builtins]:
                del BUILTINS[name]
            BUILTINS.update(self._builtins)
        for name, value in zip(SYS_HOOKS, self._hooks):
            if value is not ABSENT:
                setattr(sys, name, value)
            elif hasattr(sys, name):
                delattr(sys, name)
        for name, value in zip(SYS_LISTS, self._lists):
            if getattr(sys, name, None) != value:
                setattr(sys, name, value)
        sys.setrecursionlimit(self._limit)
        sys.setswitchinterval(self._interval)
        os.environ = ENVIRONMENT
        if BYTES_ENVIRONMENT is not None:
            os.environb = BYTES_ENVIRONMENT
        chdir(self._folder)
        umask(self._umask)
        if setlocale(LC_ALL) != self._locale:
            setlocale(LC_ALL, self._locale)
        warnings.filters[:] = self._filters
        warnings.showwarning = self._showwarning
        enabled, threshold = self._collector
        gc.enable() if enabled else gc.disable()
        gc.set_threshold(*threshold)
        sys.modules["socket"].setdefaulttimeout(self._timeout)
        self.logging.put_back()
        if self._drops_modules:
            self._drop_modules()

    def _put_back_signals(self):
        set_wakeup_fd(-1)
        for timer in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
            setitimer(timer, 0)
        for number, handler in zip(SIGNALS, self._signals):
            if handler is not None and getsignal(number) is not handler:
                set_signal(number, handler)

    def _drop_modules(self):
        """The script's own, which lie in its folder: they are run again, as its imports expect it."""
        new = set(sys.modules) - self._modules
        for name in [one for one in new if self._script.owns(sys.modules[one])]:
            module = sys.modules.pop(name)
            package, _, name_there = name.rpartition(".")
            names = getattr(sys.modules.get(package), "__dict__", {})
            if names.get(name_there) is module:
                del names[name_there]  # or `from package import name` would find it in a package that stays
