# What lives in a process beside the thread that runs the script: other threads, and processes of multiprocessing.
import sys
from _thread import _count as other_threads
from _thread import get_ident
from os import WNOHANG, waitpid

LOOK_SECONDS = 0.5


def living_threads():
    """But this one."""
    threading = sys.modules.get("threading") if other_threads() else None
    own = get_ident()
    return {one for one in threading.enumerate() if one.ident != own} if threading else set()


def living_processes():
    """Of multiprocessing."""
    module = sys.modules.get("multiprocessing.process")
    return module.active_children() if module else ()


def fork_server():
    """Of multiprocessing, the default from Python 3.14 on. Its children have the environment that it began with."""
    server = getattr(sys.modules.get("multiprocessing.forkserver"), "_forkserver", None)
    return getattr(server, "_forkserver_pid", None)


def join(thread):
    """
    A signal that comes while this thread leaves Python to wait is handled only when it returns to it, and the script
    of a client that has left would go on.
    """
    kind = sys.modules["threading"].Thread  # a script may override what it inherits
    while kind.is_alive(thread):
        kind.join(thread, LOOK_SECONDS)


def reap():
    """Children that the script did not wait for. Whether there are others, which still run."""
    try:
        while waitpid(-1, WNOHANG)[0]:
            pass
        return True
    except ChildProcessError:
        return False


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
