# One process: a listening socket, its connections, and whatever else has a descriptor. It sleeps until one is ready.
import os
import select
from connection import HELD_BYTES, Connection
from growth import Growth
from watching import FAILED, NO_MORE, READABLE, WRITABLE, Watching, now

PARENT_SECONDS = 2  # so often it looks whether the process that started it still lives
AWAITED_SECONDS = 0.01  # so long a process takes no other connection than the one whose request is to come
FIRST_REQUEST_SECONDS = 1  # a process that is to be replaced waits so long for that of a connection it has accepted


class EventLoop(Watching):
    def __init__(self, listener, options):
        super().__init__(listener)
        self.options = options
        self.served = 0
        self.connections = {}
        self._newest = None
        self._accepted_at = 0
        self._parent = os.getppid()
        self._grown = Growth(options.grow)

    def run(self):
        """Returns when the process is to be replaced, or nobody needs it any more."""
        while not (self.is_worn() and self.is_idle()):
            if os.getppid() != self._parent:
                return
            rest = self.rests()
            self.listen(not rest and self.has_room())
            spare_time = not rest and self.wants_spare_time()
            events = self._poll.poll(0 if spare_time else 1000 * min(self.pause(), rest or PARENT_SECONDS))
            if not events and spare_time:
                self.use_spare_time()
            for descriptor, event in events:
                ready = self._ready.get(descriptor)  # an earlier one may have ended it
                if ready:
                    ready(event)
            if self._is_asked:
                self._is_asked = False
                self._accept()
            self.look_at_clock()

    def is_worn(self):
        return 0 < self.options.recycle <= self.served or self._grown.is_too_much(self.served)

    def _accept(self):
        if not self.has_room():
            return
        try:
            sock, _ = self.listener.accept()
        except BlockingIOError:
            return  # another process has it
        except OSError as error:
            if error.errno in NO_MORE:
                self.rest()  # the connection is still there, and would be asked for again at once
            return  # after any other error: its client has gone
        sock.setblocking(False)
        connection = self._newest = Connection(sock, self)
        self.connections[connection.descriptor] = connection
        self._accepted_at = now()
        self.watch(connection.descriptor, READABLE, lambda event: self._connection_ready(connection, event))
        connection.read()  # a request is mostly there already

    def _connection_ready(self, connection, event):
        if event & WRITABLE:
            connection.send(b"")
        if event & READABLE and connection.is_open:
            connection.read()
        elif event & FAILED:
            connection.close()

    def interest(self, connection):
        """Waits for what the connection needs; does not read a body that nobody takes."""
        request = connection.request
        events = WRITABLE if connection.output else 0
        if request is None or len(request.body) < HELD_BYTES or not request.begun:
            events |= READABLE
        self.change(connection.descriptor, events)

    def wait_for(self, connection, events):
        """While a script has the process: returns what is ready on its connection, and sends what waits for others."""
        waiting = select.poll()
        waiting.register(connection.descriptor, events)
        for other in self.connections.values():
            if other.output and other is not connection:
                waiting.register(other.descriptor, WRITABLE)
        ready = dict(waiting.poll())
        own = ready.pop(connection.descriptor, 0)
        for descriptor in ready:
            self.connections[descriptor].send(b"")
        return own

    def closed(self, connection):
        self.end_rest()
        self.forget(connection.descriptor)
        del self.connections[connection.descriptor]

    def values(self):
        """FCGI_GET_VALUES."""
        most = b"%d" % self.options.children
        return {b"FCGI_MAX_CONNS": most, b"FCGI_MAX_REQS": most, b"FCGI_MPXS_CONNS": b"0"}

    # What the mode decides.

    @classmethod
    def prepare(cls, script):
        """Before modules are preloaded."""

    def leave(self):
        """The end of the process."""

    def is_idle(self):
        awaits = now() < self._accepted_at + FIRST_REQUEST_SECONDS
        return not any(one.request or one.output or awaits and one.is_new for one in self.connections.values())

    def has_room(self):
        """Another request could be served now."""
        return not self.is_worn() and not self.is_awaiting()

    def is_awaiting(self):
        """Of two connections at once another process may serve the second one sooner."""
        newest = self._newest
        return (newest is not None and newest.is_open and (newest.is_new or newest.request is not None)
                and now() < self._accepted_at + AWAITED_SECONDS)

    def wants_spare_time(self):
        return False

    def use_spare_time(self):
        """Called when nothing is ready."""

    def pause(self):
        """Seconds until `look_at_clock` has something to do."""
        return AWAITED_SECONDS if self.is_awaiting() else PARENT_SECONDS

    def look_at_clock(self):
        """Called after each turn."""
