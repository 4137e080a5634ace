# Descriptors that a process waits for, and its listening socket among them.
import select

READABLE, WRITABLE, FAILED = select.POLLIN, select.POLLOUT, select.POLLERR | select.POLLHUP | select.POLLNVAL


class Watching:
    def __init__(self, listener):
        self.listener = listener
        self._poll = select.poll()
        self._ready = {}
        self._is_asked = False
        listener.setblocking(False)

    def watch(self, descriptor, events, ready):
        """`ready` is called with what is ready, again and again, until `forget`."""
        self._ready[descriptor] = ready
        self._poll.register(descriptor, events)

    def change(self, descriptor, events):
        self._poll.modify(descriptor, events)

    def forget(self, descriptor):
        if self._ready.pop(descriptor, None):
            self._poll.unregister(descriptor)

    def is_watched(self, descriptor):
        return descriptor in self._ready

    def own_descriptors(self):
        """The listening socket is open while it is not watched, too."""
        return {*self._ready, self.listener.fileno()}

    def listen(self, wanted):
        """A connection that this process cannot serve is for another one: it waits in the system."""
        descriptor = self.listener.fileno()
        if not wanted:
            self.forget(descriptor)
        elif not self.is_watched(descriptor):
            self.watch(descriptor, READABLE, self._asked)

    def _asked(self, event):
        """It is accepted when everything else that was ready is done: that may have taken the room for it."""
        if event & FAILED:
            raise OSError("the listening socket failed")
        self._is_asked = True
