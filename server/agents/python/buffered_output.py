# The buffer of sys.stdout and of sys.stderr in a persistent process. Python lets nobody into a buffer while it writes,
# no handler of a signal either. Under plain CGI the system takes its bytes at once; here they are collected without a
# line of Python, in which a handler could be called, and are passed on when the buffer has written.
import io
from streams import NAMES, PIPE_BUFFER

_write, _flush, _detach = io.BufferedWriter.write, io.BufferedWriter.flush, io.BufferedWriter.detach


class RawOutput(io.RawIOBase):
    """`output` is None once it is out of use: what a stream still holds belongs to a request that is over."""

    def __init__(self, output):
        self.output = output
        self.descriptor = output.descriptor
        self.name = NAMES[output.descriptor]
        self.mode = "wb"
        self.is_flushed = True  # or it may have been

    def writable(self):
        return True

    def fileno(self):
        return self.descriptor

    def write(self, data):
        return self.output.write(bytes(data)) if self.output else len(data)


class Collector(RawOutput):
    def __init__(self, output):
        super().__init__(output)
        self._renew()

    def _renew(self):
        self.held = io.BytesIO()
        self.write = self.held.write

    def take(self):
        held = self.held
        self._renew()  # first: another thread may write
        return held.getvalue()

    def put_back(self, data):
        later = self.take()
        self.write(data)
        self.write(later)


class BufferedWriter(io.BufferedWriter):
    def __init__(self, raw):
        self._raw = raw
        self._collector = Collector(raw.output)
        super().__init__(self._collector, PIPE_BUFFER)

    def __repr__(self):
        return "<_io.BufferedWriter name=%r>" % self.name

    @property
    def raw(self):
        return self._raw

    def write(self, data, /):
        length = _write(self, data)
        if self._collector.held.tell():
            self.pass_on()
        return length

    def flush(self):
        self._raw.is_flushed = True
        _flush(self)
        if self._collector.held.tell():
            self.pass_on()

    def pass_on(self):
        if self._raw.output:
            self._raw.output.pass_on(self._collector)
        else:
            self._collector.take()

    def detach(self):
        _detach(self)
        return self._raw
