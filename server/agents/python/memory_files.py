# Files without a name: descriptors 0, 1 and 2 of a script in a persistent process.
import fcntl
import os
import sys
import tempfile
from os import close, dup, dup2, fstat, lseek, pipe, pread, set_blocking, write

F_SETPIPE_SZ = getattr(fcntl, "F_SETPIPE_SZ", 1031)
SMALLEST_PIPE = 1 << 12
APPEND, SEEK_END = os.O_APPEND, os.SEEK_END
_memfd_create = getattr(os, "memfd_create", None)
_set_flags, F_SETFL = fcntl.fcntl, fcntl.F_SETFL
TAKEN_AT_ONCE = 1 << 18
IN_MEMORY = 1 << 24  # larger bodies lie in a file, and of more output nothing waits for the end of the request


def memory_file(data=b""):
    """With its position at the start; without data every write appends, as to a pipe."""
    if _memfd_create and len(data) < IN_MEMORY:
        descriptor = _memfd_create("cgi")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = dup(file.fileno())
    if not data:
        _set_flags(descriptor, F_SETFL, APPEND)
        return descriptor
    rest = memoryview(data)
    while rest:
        rest = rest[write(descriptor, rest):]
    lseek(descriptor, 0, 0)
    return descriptor


def body_descriptor(body):
    """A pipe, as CGI has it, when the system lets one hold all of the body; else a file."""
    reads, writes = pipe()
    try:
        if len(body) > SMALLEST_PIPE:
            _set_flags(writes, F_SETPIPE_SZ, len(body))
        set_blocking(writes, False)
        if not body or write(writes, body) == len(body):
            return reads
    except OSError:
        pass  # larger than pipes may be
    finally:
        close(writes)
    close(reads)
    return memory_file(body)


def unread_bytes():
    """Of a body that descriptor 0 was made for."""
    from fcntl import ioctl
    from stat import S_ISFIFO
    from termios import FIONREAD
    try:
        found = fstat(0)
        if S_ISFIFO(found.st_mode):
            return int.from_bytes(ioctl(0, FIONREAD, bytes(4)), sys.byteorder)
        return found.st_size - lseek(0, 0, os.SEEK_CUR)
    except OSError:
        return 0  # the script has closed it


class Births:
    """Of processes, anywhere on the system. While the last process id stays, no script can have left a process."""

    def __init__(self):
        self._last = b""
        try:
            self.descriptor = os.open("/proc/sys/kernel/ns_last_pid", os.O_RDONLY)
        except OSError:
            self.descriptor = -1

    def may_have_been(self):
        """Since the last time; true where the system does not tell."""
        try:
            before, self._last = self._last, pread(self.descriptor, 32, 0)
        except OSError:
            return True
        return self._last != before


class Spool:
    """What reaches descriptor 1 or 2 itself: from subprocesses, os.write, /dev/stdout."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.file = -1
        self.identity = None
        self.taken = 0

    def prepare(self, is_shared):
        """A new file when the old was written, or when a process left from an earlier request may write to it."""
        if is_shared or self.file < 0 or self.taken or self._size():
            if self.file >= 0:
                close(self.file)
            self.file = memory_file()
            self.identity = identity_of(self.file)
            self.taken = 0

    def begin(self):
        dup2(self.file, self.descriptor)

    def is_redirected(self):
        """Whether the script has put something else at the descriptor. @throws OSError when it closed it"""
        return identity_of(self.descriptor) != self.identity

    def _size(self):
        return lseek(self.file, 0, SEEK_END)  # a fourth of fstat's time; every write appends, wherever this is

    def is_long(self):
        return self._size() > self.taken + IN_MEMORY

    def take(self):
        """What came since the last time, or the first of it."""
        size = self._size()
        if size < self.taken:
            self.taken = 0  # somebody opened it by its name, and emptied it
        if size <= self.taken:
            return b""
        data = pread(self.file, min(size - self.taken, TAKEN_AT_ONCE), self.taken)
        self.taken += len(data)
        return data


def identity_of(descriptor):
    found = fstat(descriptor)
    return found.st_dev, found.st_ino
