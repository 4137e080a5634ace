# Whether a process has grown so much that it is to be replaced.
import os


class Growth:
    """Whether resident memory grew by so many MiB since the first requests; looked at now and then."""

    EVERY = 64

    def __init__(self, most):
        self._most = most
        self._first = self._looked = 0
        self._is_too_much = False

    def is_too_much(self, served):
        if not self._most or served - self._looked < self.EVERY:
            return self._is_too_much
        self._looked = served
        size = resident_mib()
        self._first = self._first or size
        self._is_too_much = size > self._first + self._most
        return self._is_too_much


def resident_mib():
    """0 where the system does not tell it so."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, ValueError, IndexError):
        return 0
