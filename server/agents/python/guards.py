# What would end or cripple a persistent process, and not only the script: it ends the script alone.
import os
import signal
import sys
from _thread import get_ident
from _signal import SIG_DFL, getsignal
from os import close, closerange, fork, getpid, pipe, read, strerror, waitpid, write
from exit_status import BY_SIGNAL, status_from_wait
from script import Vanish

DEADLY = {getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS",
          "SIGFPE", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGXCPU")}
_exit, _abort, _kill, _execv, _execve = os._exit, os.abort, os.kill, os.execv, os.execve
_raise_signal = signal.raise_signal
EBADF = 9


class Guards:
    """
    `vanished` is called at the moment at which the script's process would end, and gets its status. `others`: functions
    of `os` that are guarded elsewhere.
    """

    def __init__(self, vanished, own_descriptors, others):
        self._pid = getpid()
        self._thread = get_ident()
        self._vanished = vanished
        self._own_descriptors = own_descriptors
        self._functions = {
            "_exit": self._exits, "abort": self._aborts, "kill": self._kills,
            "execv": lambda path, args: self._becomes(_execv, path, args),
            "execve": lambda path, args, env: self._becomes(_execve, path, args, env),
            "close": self._closes, "closerange": self._closes_range, **others,
        }

    def set(self):
        """Again before each request: a script may have replaced them."""
        vars(os).update(self._functions)
        signal.raise_signal = self._raises

    def receive(self, number):
        """As if somebody sent the script's process this signal."""
        self._kills(getpid(), number)

    def _exits(self, status=0):
        if getpid() != self._pid:
            _exit(status)
        self._ends(status & 255)

    def _aborts(self):
        if getpid() != self._pid:
            _abort()
        self._ends(BY_SIGNAL + signal.SIGABRT)

    def _ends(self, status):
        """Of the script's process; the agent's goes on."""
        self._vanished(status, get_ident() == self._thread)
        raise Vanish(status)

    def _kills(self, pid, number):
        if pid == getpid() == self._pid:
            self._survives(number)
        _kill(pid, number)

    def _raises(self, signalnum, /):
        if getpid() == self._pid:
            self._survives(signalnum)
        _raise_signal(signalnum)

    def _survives(self, number):
        """Does not return when the signal would end the script's process."""
        if number == signal.SIGKILL or number in DEADLY and getsignal(number) == SIG_DFL:
            self._ends(BY_SIGNAL + number)

    def _becomes(self, real, *arguments):
        """exec: another process becomes the program, and this one ends the script with its status."""
        if getpid() != self._pid:
            real(*arguments)
        reads, writes = pipe()
        pid = fork()
        if pid == 0:
            try:
                real(*arguments)
            except OSError as error:
                write(writes, b"%d %d" % (error.errno or 0, error.filename is not None))
            finally:
                _exit(127)
        try:
            close(writes)
            failure = read(reads, 16)  # empty: exec has closed the other end
            close(reads)
            wait_status = waitpid(pid, 0)[1]
        except Vanish:
            _kill(pid, signal.SIGTERM)
            raise
        if failure:
            number, named = map(int, failure.split())
            raise OSError(number, strerror(number), *arguments[:named])
        self._ends(status_from_wait(wait_status))

    def _closes(self, fd):
        if getpid() == self._pid and fd in self._own_descriptors():
            raise OSError(EBADF, strerror(EBADF))
        close(fd)

    def _closes_range(self, fd_low, fd_high, /):
        if getpid() == self._pid:
            for own in sorted(one for one in self._own_descriptors() if fd_low <= one < fd_high):
                closerange(fd_low, own)
                fd_low = own + 1
        closerange(fd_low, fd_high)
