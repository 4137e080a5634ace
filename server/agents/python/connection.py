# One connection from a web server: records in, records out. One request at a time on it, as FCGI_MPXS_CONNS says.
from records import ABORT_REQUEST, BEGIN_BODY, BEGIN_REQUEST, CANT_MPX_CONN, GET_VALUES, HEADER, KEEP_CONN, PARAMS
from records import RESPONDER, STDERR, STDIN, STDOUT, UNKNOWN, UNKNOWN_ROLE, end_request, record
from records import values_result
from request import NO_BYTES, Request
from sending import Sender

READ_BYTES = 1 << 16  # the system gives more memory for each read, and takes it back
# Of a body or a response that the other side does not take so much is held; then reading waits, too.
HELD_BYTES = 1 << 18


class Connection(Sender):
    """`worker` is told `begin` (the variables are there), `more_body`, `aborted` and `left` (the other side went)."""

    def __init__(self, sock, worker):
        super().__init__(sock, worker)
        self.descriptor = sock.fileno()
        self.request = None
        self.is_new = True
        self._input = NO_BYTES

    def read(self):
        try:
            data = self.sock.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = NO_BYTES
        if not data:
            self.close()
        elif not self.is_ending:
            self._take_records(self._input + data)

    def _take_records(self, data):
        at = 0
        have = len(data)
        while have - at >= 8 and self.is_open and not self.is_ending:
            _, kind, request_id, length, padding = HEADER.unpack_from(data, at)
            end = at + 8 + length
            if have < end + padding:
                break
            content = data[at + 8:end]
            at = end + padding
            self._take(kind, request_id, content)
        self._input = data[at:]

    def _take(self, kind, request_id, content):
        request = self.request
        if request_id == 0:
            if kind == GET_VALUES:
                self.send(values_result(content, self.worker.values()))
            else:
                self.send(record(UNKNOWN, 0, bytes((kind,)) + bytes(7)))
        elif kind == BEGIN_REQUEST:
            self._begin(request_id, content)
        elif request is None or request.id != request_id:
            pass  # of a request that is over: section 3.3
        elif kind == PARAMS and not request.begun:
            if content:
                request.params += content
            else:
                request.begun = True
                self.worker.begin(request)
        elif kind == STDIN and not request.body_ended:
            if content:
                request.body += content
            else:
                request.body_ended = True
            if request.begun:
                self.worker.more_body(request)
        elif kind == ABORT_REQUEST:
            self.worker.aborted(request)

    def _begin(self, request_id, content):
        role, flags = BEGIN_BODY.unpack(content) if len(content) == 8 else (0, 0)
        if self.request is not None:
            self.send(end_request(request_id, 0, CANT_MPX_CONN))
        elif role != RESPONDER:
            self.send(end_request(request_id, 0, UNKNOWN_ROLE))
            if not flags & KEEP_CONN:
                self._end()
        else:
            self.is_new = False
            self.request = Request(request_id, bool(flags & KEEP_CONN), self)

    def finish(self, request, status, last=NO_BYTES):
        """Ends the request; `last`: records that go before its end."""
        ends = NO_BYTES if request.stdout_ended else record(STDOUT, request.id)
        if request.has_stderr:
            ends += record(STDERR, request.id)
        self.request = None
        if not request.keep:
            self.is_ending = True
        self.send(last + ends + end_request(request.id, status, unread=request.unread()))

    def _end(self):
        self.is_ending = True
        self.send(NO_BYTES)

    def _stop_sending(self):
        """The other side closes when it has the response. Closing first, with its bytes unread, could destroy it."""
        self._input = NO_BYTES
        try:
            self.sock.shutdown(1)
        except OSError:
            self.close()

    def close(self):
        if not self.is_open:
            return
        self.is_open = False
        self.output.clear()
        self._late.clear()
        request, self.request = self.request, None
        self.worker.closed(self)
        self.sock.close()
        if request is not None:
            self.worker.left(request)
