#!/usr/bin/env python3
# The CGI script below, unmodified, as a WSGI application (PEP 3333): gunicorn, uwsgi, mod_wsgi and CGI Workbench take
# this file. It is the first step of a rewrite: answer one path after another here, and leave the rest to the script.
#
# Each process serves one request at a time, since a script has the environment and the standard streams to itself. What
# the script leaves behind in modules meets the next request. A local redirect becomes a redirect of the client.
import gc
import http.client
import io
import os
import sys
import tempfile
import threading
import traceback

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "legacy.py")
CODE = {}  # Of the script as it was last saved.
LOCK = threading.Lock()
OWN_VARIABLES = dict(os.environb)
OWN_FORK = os.fork
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
        length = int(environ.get("CONTENT_LENGTH") or 0)
        for part in iter(lambda: environ["wsgi.input"].read(min(length - body.tell(), 1 << 16)), b""):
            body.write(part)
        body.seek(0)
        own = {name: getattr(sys, name) for name in ("stdin", "stdout", "__stdin__", "__stdout__", "argv")}
        folder, own_stdin, own_stdout = os.getcwd(), os.dup(0), os.dup(1)
        try:
            os.dup2(body.fileno(), 0)
            os.dup2(output.fileno(), 1)
            # By two names each, as in a new process: a script may put another stream around the buffer of sys.stdout.
            sys.stdin = sys.__stdin__ = io.TextIOWrapper(open(0, "rb", closefd=False))
            sys.stdout = sys.__stdout__ = io.TextIOWrapper(open(1, "wb", closefd=False), newline="\n")
            sys.argv = [SCRIPT]
            give_variables(environ)
            os.chdir(os.path.dirname(SCRIPT))
            run_as_main(code, environ["wsgi.errors"])
            gc.collect()  # Another stream among the script's variables writes the rest of its text when they end.
            flush_output()
        finally:
            vars(sys).update(own)
            own_variables()
            os.chdir(folder)
            for saved, descriptor in ((own_stdin, 0), (own_stdout, 1)):
                os.dup2(saved, descriptor)
                os.close(saved)
        output.seek(0)
        return output.read()


def run_as_main(code, errors):
    own, main, pid, status = sys.modules["__main__"], type(sys)("__main__"), os.getpid(), 0
    main.__file__ = SCRIPT
    sys.modules["__main__"] = main
    try:
        exec(code, vars(main))
    except SystemExit as leaving:
        status = 0 if leaving.code is None else leaving.code
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
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass  # The script has closed or removed it.


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
