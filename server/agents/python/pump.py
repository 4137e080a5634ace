# Prefork, the bytes: of a request into the pipes of its process, and out of them into records.
import os
from connection import HELD_BYTES
from event_loop import READABLE, WRITABLE, now
from failure_page import failure_page
from processes import Processes
from records import LONG

READ_PIPE = 1 << 16
HELD_SECONDS = 2  # so long other processes may hold a script's stdout or stderr after its end


class Pump(Processes):
    def __init__(self, listener, script, options):
        super().__init__(listener, script, options)
        self.waiting = []

    def begin(self, request):
        self.waiting.append(request)
        self.start_waiting()

    def start_waiting(self):
        while self.waiting and len(self.runs) < self.options.children and not self.rests():
            try:
                run = self.take_run()
            except OSError as error:
                self.rest_for(error)
            else:
                self._serve(self.waiting.pop(0), run)

    def _serve(self, request, run):
        request.run = run
        self._prepared.params = request.params
        run.request = request
        self.runs[run.pid] = run
        request.body[:0] = LONG.pack(len(request.params)) + request.params
        request.taken = -4 - len(request.params)
        self.watch(run.stdout, READABLE, lambda _: self._output(run))
        self.watch(run.stderr, READABLE, lambda _: self._errors(run))
        self.watch(run.status_pipe, READABLE, lambda _: self._status(run))
        self.more_body(request)

    def more_body(self, request):
        run = request.run
        if run is None:
            return  # it waits
        body = request.body
        if run.stdin is None:
            body.clear()
        try:
            while body:
                count = os.write(run.stdin, body[:READ_PIPE])
                request.taken += count
                del body[:count]
        except BlockingIOError:
            pass
        except OSError:
            self.close_stdin(run)  # the script reads no more of it, which it may
            body.clear()
        if run.stdin is not None:
            self._after_body(request, run)
        if request.connection.is_open:
            self.interest(request.connection)

    def _after_body(self, request, run):
        if request.body:
            if not self.is_watched(run.stdin):
                self.watch(run.stdin, WRITABLE, lambda _: self.more_body(request))
        elif request.body_ended:
            self.close_stdin(run)
        else:
            self.forget(run.stdin)

    def interest(self, connection):
        """A response that the other side does not take stops its script, through a full pipe."""
        super().interest(connection)
        run = connection.request.run if connection.request else None
        if run:
            events = 0 if len(connection.output) >= HELD_BYTES else READABLE
            for descriptor in (run.stdout, run.stderr):
                if descriptor is not None:
                    self.change(descriptor, events)

    def _output(self, run):
        data = self._read(run.stdout)
        connection = run.request.connection
        if data:
            connection.stdout(run.request, data)
        elif data is not None:
            self.close(run, "stdout")
            self.settle(run)

    def _errors(self, run):
        data = self._read(run.stderr)
        if data:
            run.request.connection.stderr(run.request, data)
        elif data is not None:
            self.close(run, "stderr")
            self.settle(run)

    def _read(self, descriptor):
        """Empty at the end, None when nothing is there."""
        try:
            return os.read(descriptor, READ_PIPE)
        except BlockingIOError:
            return None

    def _status(self, run):
        """Without a number the script became another program, or ended in a way of its own: waitpid tells."""
        data = self._read(run.status_pipe)
        if data is None:
            return  # an event of the pipe that had this descriptor a moment ago
        self.close(run, "status_pipe")
        if len(data) >= LONG.size:
            self.ended(run, LONG.unpack_from(data)[0])
            self._prepared.learned.take(data[LONG.size:])

    def ended(self, run, status):
        if run.status is None:
            run.status = status
            run.deadline = now() + HELD_SECONDS
        self.settle(run)

    def settle(self, run):
        if run.status is None or run.stdout is not None or run.stderr is not None or run.pid not in self.runs:
            return
        del self.runs[run.pid]
        self.close_stdin(run)
        if run.status_pipe is not None:
            self.close(run, "status_pipe")
        self._answer(run)
        run.request = None  # they refer to each other, and nothing collects cycles here
        self.end_rest()
        self.start_waiting()

    def _answer(self, run):
        self.served += 1
        request = run.request
        if request.connection.is_open and request.connection.request is request:
            request.connection.finish(request, run.status, failure_page(request, run.status, self.options))

    def close_stdin(self, run):
        if run.stdin is not None:
            self.close(run, "stdin")

    def close(self, run, name):
        descriptor = getattr(run, name)
        setattr(run, name, None)
        self.forget(descriptor)
        os.close(descriptor)
