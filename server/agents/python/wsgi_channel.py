# WSGI, the connection of the request that runs: while the application has the process, this alone is read.
import os
import sys
from _thread import RLock
from os import getpid
from select import POLLIN, POLLOUT
from event_loop import EventLoop
from request import NO_BYTES
from wsgi_streams import error_stream

MOST_BODY = 1 << 24  # so much of a body is held while a response waits for its reader


class WsgiChannel(EventLoop):
    def __init__(self, listener, options):
        super().__init__(listener, options)
        self.pid = getpid()
        self.lock = RLock()  # threads of the application write errors
        self.running = None
        self.is_aborted = False
        os.dup2(2, 1)
        sys.stdout = sys.__stdout__ = error_stream(1, self.write_error)
        sys.stderr = sys.__stderr__ = self.errors = error_stream(2, self.write_error)
        os.register_at_fork(after_in_child=self._close_in_fork)

    def is_gone(self):
        return self.is_aborted or self.running is None or not self.running.connection.is_open

    def send_output(self, data):
        """Returns when the other side has it: a slow reader makes the application wait."""
        request = self.running
        with self.lock:
            if not self.is_gone():
                request.connection.stdout(request, data)
            while not self.is_gone() and request.connection.output:
                self._turn(request, POLLOUT | (0 if len(request.body) > MOST_BODY else POLLIN))
        if self.is_gone():
            raise BrokenPipeError(32, "the client has gone")

    def wait_for_body(self, request):
        if request is self.running and not self.is_gone():
            self._turn(request, POLLIN)
        if request is not self.running or self.is_gone():
            raise ConnectionResetError(104, "the client has gone before the end of the request body")

    def _turn(self, request, events):
        connection = request.connection
        ready = self.wait_for(connection, events)
        if ready & POLLOUT:
            connection.send(NO_BYTES)
        if ready & ~POLLOUT and connection.is_open:
            connection.read()

    def write_error(self, data):
        with self.lock:
            request = self.running
            if request is None or getpid() != self.pid or not request.connection.is_open:
                os.write(2, data)
            else:
                request.connection.stderr(request, data)

    def flush_errors(self):
        for stream in (sys.stdout, self.errors):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass  # the application closed it, or put something else in its place

    def _close_in_fork(self):
        """A process that the application starts must not hold connections, nor the port."""
        for descriptor in self.own_descriptors():
            try:
                os.close(descriptor)
            except OSError:
                pass  # closed already
