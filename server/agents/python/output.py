# Under sys.stdout and sys.stderr of a persistent process: what reached the descriptor itself goes first, so that bytes
# are in CGI's order, then what Python writes. A script that flushes is sent as it goes.
from os import getpid, write
from buffered_output import BufferedWriter, RawOutput
from memory_files import Spool
from streams import UNBUFFERED, is_as_made, text_stream


class Output:
    """
    stdout or stderr of each request. `send` gets bytes; it raises BrokenPipeError when nobody reads. `turn`: the lock
    of the thread that sends.
    """

    def __init__(self, descriptor, send, turn):
        self.descriptor = descriptor
        self._send = send
        self._turn = turn
        self._is_passing = False
        self._spool = Spool(descriptor)
        self._pid = getpid()
        self._raw = self._stream = self._late = None
        self._is_last = self._is_muted = self._was_flushed = False
        self._held = []

    def prepare(self, is_shared):
        """The same stream for the next request, for what keeps it (handlers of `logging`); a new one if it changed."""
        self._spool.prepare(is_shared)
        self._is_last = self._is_muted = False
        if self._raw is None or not is_as_made(self._stream, self._raw, self.descriptor, self._was_flushed):
            self._discard()
            self._raw = RawOutput(self)
            self._stream = text_stream(self._raw if UNBUFFERED else BufferedWriter(self._raw), self.descriptor)
        self._raw.is_flushed = UNBUFFERED

    def begin(self):
        self._spool.begin()
        return self._stream

    def write(self, data):
        """Without a buffer."""
        if self._is_muted:
            return len(data)
        if self._is_elsewhere():
            return write(self.descriptor, data)
        with self._turn:
            self._drain()
            self._pass(data)
        return len(data)

    def pass_on(self, collector):
        """What a buffer has given. Its bytes stay there when they cannot be written, as a buffer keeps them."""
        while collector.held.tell():
            if self._is_muted:
                collector.take()
            elif self._is_elsewhere():
                self._write_elsewhere(collector)
            else:
                with self._turn:
                    if self._is_passing:
                        self._late = collector
                        return  # in a handler of a signal: what it has interrupted passes these bytes on, too
                    self._is_passing = True
                    try:
                        self._drain()
                        self._pass(collector.take())
                    finally:
                        self._is_passing = False

    def _is_elsewhere(self):
        """In a fork of the script's, or when the script has put something else there. @throws OSError when closed"""
        return getpid() != self._pid or self._spool.is_redirected()

    def _write_elsewhere(self, collector):
        data = collector.take()
        try:
            while data:
                data = data[write(self.descriptor, data):]
        finally:
            if data:
                collector.put_back(data)

    def drain(self):
        with self._turn:
            self._drain()

    def _drain(self):
        while not self._is_muted:
            data = self._spool.take()
            if not data:
                return
            self._pass(data)

    def _pass(self, data):
        if not data:
            return
        if self._is_last:
            self._held.append(data)
        else:
            self._send(self, data)

    def descriptors(self):
        return () if self._spool.file < 0 else (self._spool.file,)

    def hold(self):
        """From now on bytes wait for `held`, to be sent with the end of the request. Many are sent before."""
        if self._spool.is_long():
            try:
                self.drain()
            except OSError:
                pass  # nobody reads
        self._is_last = True
        self._was_flushed = self._raw is None or self._raw.is_flushed

    def held(self):
        self.drain()
        data, self._held = b"".join(self._held), []
        return data

    def mute(self):
        """The process of the script has ended itself: what is still buffered is lost, as it would be."""
        try:
            self.drain()
            if self._late:
                self._pass(self._late.take())
        except OSError:
            pass  # nobody reads
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
        self._raw = self._stream = self._late = None
