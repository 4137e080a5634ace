# Restores what the script would have without a debugger, then waits for what the debugger asks for.
import _signal
import os
import sys

from commands import Commands
from connection import Connection, modules_before


def debug(path):
    try:
        commands = Commands(Connection(path))
    except OSError:
        return
    _signal.signal(_signal.SIGURG, commands.interrupted)
    commands.event("process", {"id": os.getpid()})
    commands.converse([])
    if not commands.connected():
        _signal.signal(_signal.SIGURG, _signal.SIG_DFL)
        return
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=commands.leave)  # a child that stops would wait for nobody
    commands.tracer.begin()


def restore_environment():
    own = os.environ.pop("PYTHONPATH", "").split(os.pathsep)[1:]
    if own:
        os.environ["PYTHONPATH"] = os.pathsep.join(own)
    if os.environ.get("PYTHONDONTWRITEBYTECODE") == "debugger":
        del os.environ["PYTHONDONTWRITEBYTECODE"]
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if path != here]
    sys.path_importer_cache.pop(here, None)


def import_own_sitecustomize():
    """The one before which ours stands. Who imports ours looks for a module of that name."""
    ours = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize  # noqa: F401
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = ours


restore_environment()
debug(os.environ.pop("CGI_WORKBENCH_DEBUG", ""))
# A file of the script's folder may have the name of a module that only the debugger needed so far.
for imported in set(sys.modules) - modules_before:
    del sys.modules[imported]
import_own_sitecustomize()
