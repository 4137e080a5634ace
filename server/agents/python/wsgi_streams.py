# WSGI, the streams: `wsgi.input` reads from the connection what the application asks for; `wsgi.errors`, sys.stderr and
# sys.stdout become records of the request that runs.
import io


class BodyStream(io.RawIOBase):
    """`wait(request)` returns when more of the body has come, or its end."""

    def __init__(self, request, wait):
        self._request = request
        self._wait = wait

    def readable(self):
        return True

    def readinto(self, buffer):
        request = self._request
        while not request.body and not request.body_ended:
            self._wait(request)
        count = min(len(buffer), len(request.body))
        buffer[:count] = request.body[:count]
        del request.body[:count]
        request.taken += count
        return count


class ErrorStream(io.RawIOBase):
    """`write_error` gets bytes. Programs that the application starts write to the descriptor itself."""

    def __init__(self, descriptor, write_error):
        self._descriptor = descriptor
        self._write_error = write_error
        self.name = "<stdout>" if descriptor == 1 else "<stderr>"
        self.mode = "wb"

    def writable(self):
        return True

    def fileno(self):
        return self._descriptor

    def write(self, data):
        data = bytes(data)
        self._write_error(data)
        return len(data)

    def close(self):
        """The next request writes there, too."""


def error_stream(descriptor, write_error):
    raw = ErrorStream(descriptor, write_error)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True)
