# The event loop of asyncio: a script finds none, or the one of a preloaded module, as in a new process.
import sys


class AsyncioState:
    def __init__(self):
        self.has_left = False
        self._kept = []

    def take(self):
        self._policy = policy()
        self._names = dict(names_of(self._policy))

    def put_back(self):
        found = policy()
        names = names_of(found)
        if found is self._policy and names == self._names:
            return
        loop = names.get("_loop")
        if loop is not None and loop is not self._names.get("_loop") and not loop.is_closed():
            self._end(loop)
        sys.modules["asyncio.events"]._event_loop_policy = self._policy
        names_of(self._policy).clear()
        names_of(self._policy).update(self._names)

    def _end(self, loop):
        """Tasks that wait would run on where they are destroyed, and Python's end destroys none: the process does."""
        if sys.modules["asyncio.tasks"].all_tasks(loop):
            self.has_left = True
            self._kept.append(loop)
        else:
            loop.close()


def policy():
    """It has the loop of each thread."""
    return getattr(sys.modules.get("asyncio.events"), "_event_loop_policy", None)


def names_of(policy):
    """For this thread. Others than Python's own policies keep them elsewhere."""
    return getattr(getattr(policy, "_local", None), "__dict__", {})
