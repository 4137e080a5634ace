# Mode "handler", the request object: names of mod_python, the small part that a function needs.
import sys

FORM = "application/x-www-form-urlencoded"
PAGES = ("<!doctype html", "<html")


class HandlerRequest:
    def __init__(self, environ, start_response, path_info):
        from wsgiref.headers import Headers
        self._environ = environ
        self._start_response = start_response
        self._write = self._form = None
        self.method = environ["REQUEST_METHOD"]
        self.uri = environ["SCRIPT_NAME"] + environ["PATH_INFO"]
        self.path_info = path_info
        self.args = environ["QUERY_STRING"]
        self.filename = environ.get("SCRIPT_FILENAME", "")
        self.subprocess_env = {name: value for name, value in environ.items() if isinstance(value, str)}
        names = [(name, name[5:] if name[:5] == "HTTP_" else name) for name in self.subprocess_env
                 if name[:5] == "HTTP_" or name in ("CONTENT_TYPE", "CONTENT_LENGTH")]
        self.headers_in = Headers([(field.replace("_", "-").title(), environ[name]) for name, field in names])
        self.headers_out = Headers([])
        self.status = 200
        self.content_type = None

    @property
    def form(self):
        """Fields of the query and of a form in the body, name to list of values."""
        if self._form is None:
            from urllib.parse import parse_qs
            text = self.args
            if self.headers_in.get("Content-Type", "").partition(";")[0].strip().lower() == FORM:
                text += "&" + self.read().decode("latin-1")
            self._form = parse_qs(text, keep_blank_values=True)
        return self._form

    def read(self, size=-1):
        return self._environ["wsgi.input"].read(size)

    def write(self, data):
        """Sent before it returns, the headers before it."""
        data = encoded(data)
        if self._write is None:
            self._begin(data)
        self._write(data)

    def log_error(self, text):
        print(text, file=sys.stderr)

    def refuse(self, status, text):
        self.status, self.content_type = status, None
        return self.respond("%d %s\n\n%s\n" % (status, phrase_of(status), text))

    def end_of_handler(self, result):
        """`handler` returns a status; 0 and None: it has done all."""
        if result:
            self.status = int(result)
        if self._write is None and self.status >= 400:
            return self.respond("%d %s\n" % (self.status, phrase_of(self.status)))
        return self.respond(None)

    def respond(self, result):
        """The response body, as WSGI has it."""
        if hasattr(result, "__next__"):
            return self._parts(result)
        if hasattr(result, "__await__"):
            result.close()
            raise TypeError("an async function cannot be called here")
        data = encoded(b"" if result is None else result if isinstance(result, (bytes, str)) else str(result))
        if self._write is None:
            self._begin(data)
        return [data]

    def _parts(self, result):
        """The function runs from part to part: before the first it may still set headers."""
        try:
            for part in result:
                data = encoded(part)
                if self._write is None:
                    self._begin(data)
                yield data
        finally:
            close = getattr(result, "close", None)
            if close:
                close()
        if self._write is None:
            self._begin(b"")

    def _begin(self, data):
        if "Content-Type" not in self.headers_out and "Location" not in self.headers_out:
            is_page = data[:64].lstrip().lower().startswith(tuple(one.encode() for one in PAGES))
            kind = self.content_type or ("text/html" if is_page else "text/plain") + "; charset=utf-8"
            self.headers_out["Content-Type"] = kind
        self._write = self._start_response("%d %s" % (self.status, phrase_of(self.status)), self.headers_out.items())


def encoded(data):
    return data if isinstance(data, bytes) else data.encode("utf-8")


def phrase_of(status):
    from http.client import responses
    return responses.get(status, "Status")
