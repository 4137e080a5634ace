# Linux ends a process when its parent is gone, if the process asks for it. Elsewhere, or without ctypes, the process
# has to look now and then.
import os

PR_SET_PDEATHSIG = 1
try:
    from ctypes import CDLL
    prctl = CDLL(None).prctl
except (ImportError, OSError, AttributeError, TypeError):
    prctl = None


def end_with_parent(parent, signal_number):
    """Call in the child, first thing."""
    if prctl:
        prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it went before it could be asked for
