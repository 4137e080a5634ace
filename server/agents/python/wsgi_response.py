# WSGI, the response: start_response and write (PEP 3333), as a CGI response.

NO_LENGTH = ("1", "204", "304")  # begins of statuses whose responses have no body


class WsgiResponse:
    """`send` gets bytes, and returns when the other side has them. `rest` goes with the end of the request."""

    def __init__(self, environ, send):
        self._environ = environ
        self._send = send
        self._status = self._headers = None
        self.is_sent = False
        self.rest = b""

    def start(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.is_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # or the traceback would hold this frame
        elif self._status is not None:
            raise AssertionError("start_response was called a second time, without exc_info")
        self._status, self._headers = checked_status(status), checked_headers(headers)
        return self.write

    def write(self, data):
        """Sent before it returns: an application may wait long before its next part."""
        if not isinstance(data, bytes):
            raise TypeError("a response body consists of bytes, not %s" % type(data).__name__)
        if not self.is_sent:
            self._must_have_begun()
        if data:
            head = b"" if self.is_sent else self._head(None)
            self.is_sent = True
            self._send(head + data)

    def whole(self, parts):
        """All that the application gives."""
        data = b"".join(parts)
        if self.is_sent:
            self.rest = data
        else:
            self._must_have_begun()
            self.rest = self._head(len(data)) + data
            self.is_sent = True

    def _must_have_begun(self):
        if self._status is None:
            raise AssertionError("the application did not call start_response before its response body")

    def _head(self, length):
        lines = ["Status: " + self._status]
        lines += [name + ": " + value for name, value in self._headers]
        if length is not None and self._wants_length():
            lines.append("Content-Length: %d" % length)
        return "\r\n".join(lines + ["", ""]).encode("latin-1")

    def _wants_length(self):
        return (self._environ["REQUEST_METHOD"] != "HEAD" and not self._status.startswith(NO_LENGTH)
                and all(name.lower() not in ("content-length", "transfer-encoding") for name, _ in self._headers))


def checked_status(status):
    must_be_text("the status", status)
    if not (status[:3].isdigit() and len(status) > 3 and status[3] == " "):
        raise ValueError("the status is three digits, a space and a reason, not %r" % status)
    return status


def checked_headers(headers):
    if not isinstance(headers, list):
        raise TypeError("the headers are a list, not %s" % type(headers).__name__)
    for name, value in headers:
        must_be_text("the name of a header", name)
        must_be_text("the value of %s" % name, value)
        if not name or name.lower() == "status" or any(one in name for one in ": \t"):
            raise ValueError("%r is not the name of a response header" % name)
    return list(headers)


def must_be_text(what, text):
    if not isinstance(text, str):
        raise TypeError("%s is a str, not %s" % (what, type(text).__name__))
    if any(one in text for one in "\r\n\0"):
        raise ValueError("%s holds a line end: %r" % (what, text))
    text.encode("latin-1")
