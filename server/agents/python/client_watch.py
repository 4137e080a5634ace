# Persistent: a script whose client has left gets TERM, as the other modes send it, and its process dies if it goes on.
# The system sends a signal when something happens on the connection: a script that is not left pays nothing for it.
import fcntl
import os
import select
import signal
from _signal import ITIMER_REAL, SIG_DFL, SIGALRM, SIGTERM, getsignal, setitimer
from _signal import signal as set_signal
from fcntl import F_SETFL, F_SETOWN, FASYNC
from fcntl import fcntl as control
from os import getpid
from select import POLLERR, POLLHUP, POLLIN, poll
from socket import MSG_PEEK
from prefork import GRACE_SECONDS
from records import ABORT_REQUEST, HEADER

F_SETSIG = getattr(fcntl, "F_SETSIG", None)
# One without a name, so that a script that goes through all signals does not meet it; elsewhere the usual one.
NUMBER = int(signal.SIGRTMAX - 1 if F_SETSIG else signal.SIGIO)
SILENT, TELLING = os.O_NONBLOCK, os.O_NONBLOCK | FASYNC
LEFT = getattr(select, "POLLRDHUP", 0) | POLLHUP | POLLERR


class ClientWatch:
    """`terminate` does with a signal's number what that signal does to the script."""

    def __init__(self, terminate):
        self._pid = getpid()
        self._terminate = terminate
        self._handler = self._look
        self._connection = self._request = None
        self._is_running = False
        self.has_ended_script = False

    def begin(self, request):
        """From here on the script may be ended, by an exception or by its own handler of the signal."""
        if getsignal(NUMBER) is not self._handler:
            set_signal(NUMBER, self._handler)
        self._request = request
        if request.connection is not self._connection:
            self._connect(request.connection)
        self._is_running = True
        if request.connection.is_open:
            control(self._descriptor, F_SETFL, TELLING)
        self._look()  # the client may have left before

    def end(self):
        self._is_running = False
        if self._connection.is_open and getpid() == self._pid:  # a fork of the script's has it no longer
            control(self._descriptor, F_SETFL, SILENT)

    def _connect(self, connection):
        self._connection, self._descriptor = connection, connection.descriptor
        control(self._descriptor, F_SETOWN, getpid())
        if F_SETSIG:
            control(self._descriptor, F_SETSIG, NUMBER)
        self._poll = poll()
        self._poll.register(self._descriptor, POLLIN | LEFT)

    def _look(self, *_):
        if self._is_running and self._has_left():
            self.end_script()

    def _has_left(self):
        """The connection is closed, or brings the end of the request. What else it may bring is read afterwards."""
        if not self._connection.is_open:
            return True
        found = self._poll.poll(0)
        if not found or found[0][1] & LEFT:
            return bool(found)
        head = self._connection.sock.recv(HEADER.size, MSG_PEEK)
        return not head or head[1:4] == HEADER.pack(1, ABORT_REQUEST, self._request.id, 0, 0)[1:4]

    def end_script(self):
        if not self._is_running:
            return
        self._is_running, self.has_ended_script = False, True
        set_signal(SIGALRM, SIG_DFL)
        setitimer(ITIMER_REAL, GRACE_SECONDS)
        self._terminate(SIGTERM)
