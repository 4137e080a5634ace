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

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "legacy.py")

with open(SCRIPT, "rb") as file:
    CODE = compile(file.read(), SCRIPT, "exec")
LOCK = threading.Lock()
OWN_VARIABLES = dict(os.environb)
sys.path.insert(0, os.path.dirname(SCRIPT))


def application(environ, start_response):
    with LOCK:
        output = run_script(environ)
    status, headers, body = response_of(output)
    start_response(status, headers)
    return [body]


def run_script(environ):
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
            run_as_main(environ["wsgi.errors"])
            gc.collect()  # Another stream among the script's variables writes the rest of its text when they end.
            flush_output()
        finally:
            vars(sys).update(own)
            os.chdir(folder)
            for saved, descriptor in ((own_stdin, 0), (own_stdout, 1)):
                os.dup2(saved, descriptor)
                os.close(saved)
        output.seek(0)
        return output.read()


def run_as_main(errors):
    own, main = sys.modules["__main__"], type(sys)("__main__")
    main.__file__ = SCRIPT
    sys.modules["__main__"] = main
    try:
        exec(CODE, vars(main))
    except SystemExit as leaving:
        if leaving.code not in (None, 0):
            print("The script exited:", leaving.code, file=errors)
    finally:
        sys.modules["__main__"] = own
    flush_output()


def flush_output():
    for stream in (sys.stdout, sys.__stdout__):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass  # The script has closed or removed it.


def give_variables(environ):
    os.environ.clear()
    os.environb.update(OWN_VARIABLES)
    for name, value in environ.items():
        if isinstance(value, str) and "." not in name:
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
