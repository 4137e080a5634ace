# What a connection sends. A script in this process writes at any moment: its threads take turns, but a handler of a
# signal is called in the middle of what its thread does.
from collections import deque
from records import STDERR, STDOUT, stream_records


class Sender:
    def __init__(self, sock, worker):
        self.sock = sock
        self.worker = worker
        self.is_open = True
        self.is_ending = False  # answered and not kept: what still comes is read and dropped
        self.is_sending = False
        self.output = bytearray()
        self._late = deque()  # of handlers
        self._sent = []  # bytes at the start of `output`

    def send(self, data):
        """Sends what the other side takes now; the rest when it takes more. Within itself it leaves that to itself."""
        if not self.is_open:
            return
        if self.is_sending:
            self._late.append(data)
            return
        self.is_sending = True
        output, sent = self.output, self._sent
        try:
            while self._late:
                output += self._late.popleft()
            output += data
            while output:
                if not sent:
                    sent.extend(map(self.sock.send, (output,)))  # noted before a handler can raise an exception
                del output[:sum(sent)]
                sent.clear()
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self.close()
            return
        finally:
            self.is_sending = False
        if self._late:
            self.send(b"")
            return
        if self.is_ending and not output:
            self._stop_sending()
        if self.is_open:
            self.worker.interest(self)

    def stdout(self, request, data):
        request.has_stdout = True
        self.send(stream_records(STDOUT, request.id, data))

    def stderr(self, request, data):
        request.has_stderr = True
        self.send(stream_records(STDERR, request.id, data))
