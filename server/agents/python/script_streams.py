# Persistent, the streams: a script that runs in this process reads and writes what its request needs.
import gc
import os
import sys
from _thread import RLock
from os import close, dup, dup2
from select import POLLIN, POLLOUT
from event_loop import EventLoop, now
from failure_page import failure_page
from memory_files import Births, body_descriptor, unread_bytes
from output import Output
from request import NO_BYTES, PIPE_BYTES
from records import STDERR, STDOUT, stream_records
from streams import standard_stream

COLLECT_ALL_EVERY = 64  # requests, at least
COLLECT_ALL_PAUSE = 50  # times what it took the last time: a small part of the time goes into it
_exit = os._exit


class ScriptStreams(EventLoop):
    """One request at a time has descriptors 0, 1 and 2."""

    def __init__(self, listener, options):
        super().__init__(listener, options)
        self.request = None
        self.vanished_status = None
        self._turn = RLock()
        self._stdout, self._stderr = (Output(descriptor, self._send, self._turn) for descriptor in (1, 2))
        self._stdin = None
        self._births = Births()
        self._collected = 0
        self._collect_at = now()
        self._null = os.open(os.devnull, os.O_RDONLY)
        dup2(self._null, 0)  # what the agent itself was given there is not the script's
        self._own_errors = dup(2)  # descriptor 2 between requests
        os.register_at_fork(after_in_child=self._close_in_fork)

    def begin(self, request):
        """The script is run when its body is complete."""

    def interest(self, connection):
        self.change(connection.descriptor, POLLIN | POLLOUT if connection.output else POLLIN)

    def aborted(self, request):
        """Before its body was complete: the script was not begun."""
        request.connection.finish(request, 0)

    def answer(self, request, status):
        errors, output = self._stderr.held(), self._stdout.held()
        self.request = None
        self.served += 1
        if request.taken > PIPE_BYTES:
            request.taken -= min(unread_bytes(), request.taken)
        if request.connection.is_open:
            last = stream_records(STDERR, request.id, errors) if errors else NO_BYTES
            if output:
                last += stream_records(STDOUT, request.id, output)
            request.has_stdout = request.has_stdout or bool(output)
            request.has_stderr = request.has_stderr or bool(errors)
            last = last or failure_page(request, status, self.options)
            with self._turn:
                request.connection.finish(request, status, last)
        dup2(self._own_errors, 2)

    def prepare_streams(self):
        """Between requests, when nobody waits for it. Descriptor 0 is what a request without a body finds there."""
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
        dup2(self._null, 0)  # only now: a file that the script made of one of them closed it with itself
        dup2(self._own_errors, 1)
        dup2(self._own_errors, 2)
        self._stdin = standard_stream(0)
        is_shared = self._births.may_have_been()
        self._stdout.prepare(is_shared)
        self._stderr.prepare(is_shared)

    def give_streams(self, request):
        request.taken = len(request.body)
        if request.body:
            body = body_descriptor(request.body)
            dup2(body, 0)
            close(body)
            request.body.clear()
            self._stdin = standard_stream(0)
        sys.stdin = sys.__stdin__ = self._stdin
        sys.stdout = sys.__stdout__ = self._stdout.begin()
        sys.stderr = sys.__stderr__ = self._stderr.begin()
        self._stdin = None

    def collect_all(self):
        """What requests have left, and no other request's end finds."""
        if self.served - self._collected < COLLECT_ALL_EVERY or now() < self._collect_at:
            return
        begun = now()
        gc.unfreeze()
        gc.collect()
        self._collected = self.served
        self._collect_at = now() + COLLECT_ALL_PAUSE * (now() - begun)

    def _send(self, output, data):
        """Waits for a slow reader, as a full pipe makes a script wait."""
        request = self.request
        connection = request.connection if request else None
        if connection is None or not connection.is_open:
            raise BrokenPipeError(32, "Broken pipe")
        if output is self._stdout:
            connection.stdout(request, data)
        else:
            connection.stderr(request, data)
        while connection.output and not connection.is_sending:
            self.wait_for(connection, POLLOUT)
            connection.send(NO_BYTES)
        if not connection.is_open:
            raise BrokenPipeError(32, "Broken pipe")

    def vanishes(self, status, in_main_thread):
        """Nothing that the script still does is seen. From another thread only the end of the process ends it."""
        if self.vanished_status is None:
            self.vanished_status = status
            self._stdout.mute()
            self._stderr.mute()
        if not in_main_thread:
            self.answer(self.request, status)
            _exit(0)

    def own_descriptors(self):
        """Which no script may close: as if they were not there."""
        return super().own_descriptors().union(
            (self._null, self._own_errors, self._births.descriptor),
            self._stdout.descriptors(), self._stderr.descriptors())

    def _close_in_fork(self):
        """A process that the script leaves behind must not hold connections, nor the port."""
        for descriptor in super().own_descriptors():
            try:
                close(descriptor)
            except OSError:
                pass  # closed by the script
