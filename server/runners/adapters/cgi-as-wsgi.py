#!/usr/bin/env python3
# The CGI script below, unmodified, as a WSGI application (PEP 3333): gunicorn, uwsgi, mod_wsgi and CGI Workbench take
# this file. It is the first step of a rewrite: answer one path after another here, and leave the rest to the script.
#
# Each process serves one request at a time, since a script has the environment and the standard streams to itself. What
# the script leaves behind in modules meets the next request. What it registers with atexit runs at its end. A local
# redirect becomes a redirect of the client.
import atexit
import contextlib
import gc
import http.client
import io
import os
import re
import signal
import sys
import tempfile
import threading
import traceback

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "legacy.py")
CODE = {}  # Of the script as it was last saved.
LOCK = threading.Lock()
OWN_VARIABLES = dict(os.environb)
OWN_FORK = os.fork
OWN_NAMES = "stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__", "argv", "excepthook"
OWN_HOOK = sys.excepthook
OWN_REGISTER, OWN_UNREGISTER = atexit.register, atexit.unregister
ENDINGS = []  # What the script has registered with atexit.
FORKED = []  # Processes of the script's that it has not waited for, as far as known.
THREAD = threading.local()  # `runs`: the script, in this one.
sys.path.insert(0, os.path.dirname(SCRIPT))


def application(environ, start_response):
    with LOCK:
        code = script_code()
        THREAD.runs = True
        try:
            output = run_script(code, environ)
        finally:
            THREAD.runs = False
            reap_forked()
    status, headers, body = response_of(output)
    start_response(status, headers)
    return [body]


def script_code():
    """Compiled again when the script has been saved."""
    state = os.stat(SCRIPT)
    version = state.st_mtime_ns, state.st_size
    if version not in CODE:
        with open(SCRIPT, "rb") as file:
            code = compile(file.read(), SCRIPT, "exec")
        CODE.clear()
        CODE[version] = code
    return CODE[version]


script_code()  # A server learns of a syntax error when it loads this file.


def run_script(code, environ):
    """What the script, and programs that it starts, write to standard output: descriptor 1 is a file meanwhile."""
    with tempfile.TemporaryFile() as body, tempfile.TemporaryFile("a+b") as output:
        variables = read_body(environ, body)
        with own_process():
            os.dup2(body.fileno(), 0)
            os.dup2(output.fileno(), 1)
            # By two names each, as in a new process: a script may put another stream around a buffer, which closes it.
            sys.stdin = sys.__stdin__ = io.TextIOWrapper(open(0, "rb", closefd=False))
            sys.stdout = sys.__stdout__ = io.TextIOWrapper(open(1, "wb", closefd=False), newline="\n")
            if isinstance(getattr(sys.stderr, "buffer", None), (io.BufferedWriter, io.FileIO)):
                errors = open(sys.stderr.fileno(), "wb", closefd=False)
                sys.stderr = sys.__stderr__ = io.TextIOWrapper(errors, errors="backslashreplace", line_buffering=True)
            sys.argv = [SCRIPT]
            give_variables(variables)
            os.chdir(os.path.dirname(SCRIPT))
            run_as_main(code, environ["wsgi.errors"], output)
            gc.collect()  # Another stream among the script's variables writes the rest of its text when they end.
            flush_output()
        output.seek(0)
        return output.read()


def read_body(environ, body):
    """The variables of the request. A chunked body has no length before it is read (RFC 3875, section 4.1.2)."""
    is_chunked = not environ.get("CONTENT_LENGTH") and environ.get("wsgi.input_terminated")
    length = sys.maxsize if is_chunked else int(environ.get("CONTENT_LENGTH") or 0)
    for part in iter(lambda: environ["wsgi.input"].read(min(length - body.tell(), 1 << 16)), b""):
        body.write(part)
    variables = dict(environ, CONTENT_LENGTH=str(body.tell())) if is_chunked and body.tell() else environ
    body.seek(0)
    return variables


@contextlib.contextmanager
def own_process():
    """What the script changes of the process is put back: the server and the next request have it, too."""
    names, modules = {name: getattr(sys, name) for name in OWN_NAMES}, set(sys.modules)
    handlers = {number: signal.getsignal(number) for number in signal.Signals}
    folder, mask = os.getcwd(), os.umask(0o077)
    os.umask(mask)  # It can only be read by setting it.
    saved = [os.dup(descriptor) for descriptor in (0, 1, 2)]
    atexit.register, atexit.unregister = register, unregister
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # An alarm that comes later would end the server.
        atexit.register, atexit.unregister = OWN_REGISTER, OWN_UNREGISTER
        ENDINGS.clear()
        # A module sets its own hook once, when it is loaded: it stays. Who has called cgitb.enable is not known: that
        # hook ends.
        if getattr(sys.excepthook, "__globals__", {}).get("__name__", "__main__") not in modules:
            names["excepthook"] = sys.excepthook
        vars(sys).update(names)
        own_variables()
        os.umask(mask)
        os.chdir(folder)
        for descriptor, own in enumerate(saved):
            os.dup2(own, descriptor)
            os.close(own)
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) != handler:  # None: Python cannot set it.
                signal.signal(number, handler)


def run_as_main(code, errors, output):
    own, main, pid, status = sys.modules["__main__"], type(sys)("__main__"), os.getpid(), 0
    failure = None
    main.__file__ = SCRIPT
    sys.modules["__main__"] = main
    try:
        try:
            exec(code, vars(main))
        except SystemExit as leaving:
            status = 0 if leaving.code is None else leaving.code
        except Exception as error:
            status, failure = 1, error.with_traceback(error.__traceback__.tb_next)  # From the script's own frame on.
            if sys.excepthook is not OWN_HOOK:  # It may write the response, as that of cgitb does.
                call_hook(failure)
        finally:
            run_endings()
        if failure is not None:
            if not has_head(output):
                raise failure  # The server reports it.
            if sys.excepthook is OWN_HOOK:
                call_hook(failure)
    except BaseException:
        if os.getpid() == pid:
            raise
        status = traceback.format_exc()
    finally:
        sys.modules["__main__"] = own
    if os.getpid() != pid:
        end_fork(main, status)
    if status != 0:
        print("The script exited:", status, file=errors)
    flush_output()


def call_hook(error):
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except SystemExit:
        pass  # It ends the script, which has ended.
    except Exception:
        traceback.print_exc()


def has_head(output):
    """Whether the headers are complete: as with CGI, what the script responded counts, however it ends."""
    flush_output()
    output.seek(0)
    return re.search(rb"^\r?\n", output.read(), re.MULTILINE) is not None


def register(func, /, *args, **kwargs):
    """What modules register is for the end of the process: they stay, as the script does not."""
    if sys._getframe(1).f_globals is not vars(sys.modules["__main__"]):
        return OWN_REGISTER(func, *args, **kwargs)
    ENDINGS.append((func, args, kwargs))
    return func


def unregister(func):
    ENDINGS[:] = [ending for ending in ENDINGS if ending[0] != func]
    OWN_UNREGISTER(func)


def run_endings():
    while ENDINGS:
        func, args, kwargs = ENDINGS.pop()
        try:
            func(*args, **kwargs)
        except (Exception, SystemExit):
            traceback.print_exc()  # As Python does, which goes on with the next one.


def end_fork(main, status):
    """A process that the script has forked ends here, as with CGI: it must not go on as the server."""
    number = status if isinstance(status, int) else 1
    try:
        vars(main).clear()
        gc.collect()  # Files that the script has open get the rest of their text.
        flush_output()
        if number is not status:
            os.write(2, ("%s\n" % (status,)).encode("utf-8", "backslashreplace"))
    except OSError:
        number = 120  # As python says that its output could not be written.
    finally:
        os._exit(number & 255)


def fork():
    pid = OWN_FORK()
    if pid != 0 and getattr(THREAD, "runs", False):
        FORKED.append(pid)
    return pid


os.fork = fork


def reap_forked():
    """Waits for no process of the server's, and for none of multiprocessing's, which does so itself."""
    multiprocessing = sys.modules.get("multiprocessing")
    others = {child.pid for child in multiprocessing.active_children()} if multiprocessing else set()
    FORKED[:] = [pid for pid in FORKED if pid not in others and is_running(pid)]


def is_running(pid):
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False  # The script has waited for it.


def flush_output():
    for stream in (sys.stdout, sys.__stdout__):
        with contextlib.suppress(AttributeError, ValueError):  # The script has closed or removed it.
            stream.flush()
    for stream in (sys.stderr, sys.__stderr__):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # Nobody reads it: the response counts.
            stream.flush()


def own_variables():
    os.environ.clear()
    os.environb.update(OWN_VARIABLES)


def give_variables(environ):
    own_variables()
    for name, value in environ.items():
        # With a header Proxy a client would choose the proxy of the script's own requests.
        if isinstance(value, str) and "." not in name and name != "HTTP_PROXY":
            os.environb[name.encode("latin-1")] = value.encode("latin-1")
    os.environ["GATEWAY_INTERFACE"] = "CGI/1.1"
    os.environ["SCRIPT_FILENAME"] = SCRIPT


def response_of(output):
    """Status, headers and body of a CGI response (RFC 3875, section 6)."""
    lines = io.BytesIO(output)
    status, headers = None, []
    for line in lines:
        line = line.rstrip(b"\r\n")
        if not line:
            break
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise ValueError("The script's output begins with no header: %r" % line)
        if name.lower() == "status":
            status = value.strip()
        else:
            headers.append((name, value.strip()))
    if not headers and status is None:
        raise ValueError("The script wrote no header.")
    if status is None:
        status = "302" if any(name.lower() == "location" for name, _ in headers) else "200"
    if len(status) == 3:
        status += " " + http.client.responses.get(int(status), "Status")
    return status, headers, lines.read()
