# Under sys.stdout and sys.stderr of a persistent process: what reached the descriptor itself goes first, so that bytes
# are in CGI's order, then what Python writes. A script that flushes is sent as it goes.
import io
import sys
from os import getpid, write
from memory_files import Spool
from streams import NAMES, buffered, is_as_made, text_stream


class RawOutput(io.RawIOBase):
    """`output` is None once it is out of use: what a stream still holds belongs to a request that is over."""

    def __init__(self, output):
        self.output = output
        self.descriptor = output.descriptor
        self.name = NAMES[output.descriptor]
        self.mode = "wb"

    def writable(self):
        return True

    def fileno(self):
        return self.descriptor

    def write(self, data):
        return self.output.write(bytes(data)) if self.output else len(data)


class Output:
    """stdout or stderr of each request. `send` gets bytes; it raises BrokenPipeError when nobody reads."""

    def __init__(self, descriptor, send):
        self.descriptor = descriptor
        self._send = send
        self._spool = Spool(descriptor)
        self._pid = getpid()
        self._raw = self._stream = None
        self._is_last = self._is_muted = False
        self._held = []

    def prepare(self, is_shared):
        """The same stream for the next request, for what keeps it (handlers of `logging`); a new one if it changed."""
        self._spool.prepare(is_shared)
        self._is_last = self._is_muted = False
        if self._raw is None or not is_as_made(self._stream, self._raw, self.descriptor):
            self._discard()
            self._raw = RawOutput(self)
            self._stream = text_stream(buffered(self._raw), self.descriptor)

    def begin(self):
        self._spool.begin()
        return self._stream

    def write(self, data):
        if self._is_muted:
            return len(data)
        if getpid() != self._pid or self._spool.is_redirected():
            return write(self.descriptor, data)
        self.drain()
        self._pass(data)
        return len(data)

    def drain(self):
        while not self._is_muted:
            data = self._spool.take()
            if not data:
                return
            self._pass(data)

    def _pass(self, data):
        if self._is_last:
            self._held.append(data)
        else:
            self._send(self, data)

    def descriptors(self):
        return () if self._spool.file < 0 else (self._spool.file,)

    def hold(self):
        """From now on bytes wait for `held`, to be sent with the end of the request."""
        self._is_last = True

    def held(self):
        self.drain()
        data, self._held = b"".join(self._held), []
        return data

    def mute(self):
        """The process of the script has ended itself: what is still buffered is lost, as it would be."""
        self.drain()
        self._is_muted = True
        self._discard()

    def seal(self):
        """What is written from now on, by a thread that the script left, belongs to no request."""
        self.drain()
        self._is_muted = True

    def finish(self):
        """What is left in the stream belongs to this request. What cannot be written must not reach the next."""
        try:
            self._stream and self._stream.flush()
        except Exception:
            self._discard()

    def _discard(self):
        if self._raw is not None:
            self._raw.output = None
        self._raw = self._stream = None
