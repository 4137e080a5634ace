# Descriptors that a process waits for, its listening socket among them, and how it rests when the system has none left.
import errno
import select
import time

READABLE, WRITABLE, FAILED = select.POLLIN, select.POLLOUT, select.POLLERR | select.POLLHUP | select.POLLNVAL
REST_SECONDS = 0.2  # when the system has no descriptors, memory or processes left
NO_MORE = (errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)  # the errors that say so
now = time.monotonic


class Watching:
    def __init__(self, listener):
        self.listener = listener
        self._poll = select.poll()
        self._ready = {}
        self._is_asked = False
        self._rests_until = 0
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

    def rest(self):
        """What is missing may come back at any moment: it tries again then, or when something of its own has ended."""
        self._rests_until = now() + REST_SECONDS

    def rest_for(self, error):
        """Another error would stay, and requests would wait for ever without a word."""
        if error.errno not in NO_MORE:
            raise error
        self.rest()

    def rests(self):
        """So many seconds more."""
        return max(0, self._rests_until - now())

    def end_rest(self):
        self._rests_until = 0
