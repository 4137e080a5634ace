# The start: options, the listening socket, the modules to preload; then a worker, or a master with its workers.
import os
import socket
import sys
from handler import Handler
from master import Master, open_listener
from options import read_options
from persistent import Persistent
from prefork import Prefork
from preload import LEFT_OUT, preload_configured, preload_imports
from script import Script
from streams import ForkStreams
from wsgi import Wsgi

WORKERS = {"prefork": Prefork, "persistent": Persistent, "wsgi": Wsgi, "handler": Handler}
_exit = os._exit  # the persistent mode puts another in its place, for scripts
AGENT = sys.modules["__main__"]  # kept: the script gets a module `__main__` of its own


def start():
    options = read_options()
    listener, socket_file = open_listener(options.listen) if options.listen else (inherited_listener(), None)
    script = Script(options.script)
    os.chdir(os.path.dirname(options.script))
    if not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
        sys.path[0] = script.folder
    sys.argv[:] = [options.script]
    mode = WORKERS[options.mode]
    mode.prepare(script)
    if options.mode == "prefork":
        script.streams = ForkStreams()
        with script.streams:
            left = [*preload_configured(options), *(preload_imports(script) if options.preload != "" else ())]
    else:
        left = [*preload_configured(options)]
    for one in left:
        sys.stderr.write(LEFT_OUT % one)

    def work():
        worker = mode(listener, script, options)
        worker.run()
        worker.leave()
        _exit(0)

    if options.listen:
        Master(options, work, socket_file).run()
    else:
        work()


def inherited_listener():
    """Descriptor 0, out of the way of a script's standard input."""
    try:
        listener = socket.socket(fileno=os.dup(0))
        listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except (OSError, AttributeError) as error:
        listening = isinstance(error, AttributeError)
    if not listening:
        print("Descriptor 0 is not a listening socket. Use --listen=unix:PATH or --listen=tcp:HOST:PORT.",
              file=sys.stderr)
        sys.exit(2)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return listener


# Through a frame with other globals: Python 3.8 and 3.9 take a caller's builtins when it has the same.
exec("start()", {"start": start})
