# WSGI, the environ: the variables of the request, and what PEP 3333 adds to them.
from records import decode_pairs

HTTPS_VALUES = ("on", "yes", "1")


def wsgi_environ(params, body, errors, is_multiprocess, file_wrapper):
    environ = {name.decode("latin-1"): value.decode("latin-1") for name, value in decode_pairs(params)}
    for name, value in (("REQUEST_METHOD", "GET"), ("SERVER_NAME", "localhost"), ("SERVER_PORT", "80"),
                        ("SERVER_PROTOCOL", "HTTP/1.0"), ("QUERY_STRING", ""), ("SCRIPT_NAME", ""), ("PATH_INFO", "")):
        environ.setdefault(name, value)
    if environ["SCRIPT_NAME"] == "/":  # some servers; the root is the empty name and the path "/"
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = "", environ["PATH_INFO"] or "/"
    for name in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
        environ.pop(name, None)
    environ["wsgi.version"] = (1, 0)
    environ["wsgi.url_scheme"] = scheme_of(environ)
    environ["wsgi.input"] = body
    environ["wsgi.input_terminated"] = True  # reading it ends where the body ends, with and without a length
    environ["wsgi.errors"] = errors
    environ["wsgi.multithread"] = False
    environ["wsgi.multiprocess"] = is_multiprocess
    environ["wsgi.run_once"] = False
    environ["wsgi.file_wrapper"] = file_wrapper
    return environ


def scheme_of(environ):
    is_https = environ.get("HTTPS", "").lower() in HTTPS_VALUES or environ.get("REQUEST_SCHEME") == "https"
    return "https" if is_https else "http"
