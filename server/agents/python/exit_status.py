# How a process ends, as one number: its exit code, or 256 and the number of the signal.
import os
from _signal import SIG_DFL, getsignal
from _signal import signal as set_signal
from os import getpid

BY_SIGNAL = 256
_exit, _kill = os._exit, os.kill  # the persistent mode puts others in their place, for scripts


def status_from_wait(wait_status):
    number = wait_status & 127
    return BY_SIGNAL + number if number else wait_status >> 8


def status_in_words(status):
    return "exit status %d" % status if status < BY_SIGNAL else "signal %d" % (status - BY_SIGNAL)


def end_process(status):
    """Never returns."""
    number = status - BY_SIGNAL
    if number > 0:
        if getsignal(number) != SIG_DFL:  # that of SIGKILL cannot be set
            set_signal(number, SIG_DFL)
        _kill(getpid(), number)
        status = 128 + number  # the signal is blocked
    _exit(status)
