# A debugger inside the process of one script, for the request that it serves. Python imports this file before the
# script, so that the script stays the interpreter's own __main__, with its own argv and path, and nobody below it on
# the stack. It needs the standard library alone, from Python 3.6 on, and writes nothing to descriptors 0, 1 and 2.
import sys

modules_before = set(sys.modules)

import json  # noqa: E402
import os  # noqa: E402

import _socket  # noqa: E402
import fcntl  # noqa: E402

# The script's own descriptors keep the numbers that they have without a debugger.
first_descriptor = 200


class Connection:
    """Commands and answers on a UNIX socket, one a line."""

    def __init__(self, path):
        low = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        low.connect(path)
        descriptor = fcntl.fcntl(low.fileno(), fcntl.F_DUPFD_CLOEXEC, first_descriptor)
        low.close()
        self.socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, descriptor)
        self.identity = self.identify()
        self.read = b""

    def identify(self):
        status = os.fstat(self.socket.fileno())
        return status.st_dev, status.st_ino

    def is_open(self):
        """A script that closes all descriptors may have opened a file of its own with this number."""
        try:
            return self.socket is not None and self.identify() == self.identity
        except OSError:
            return False

    def send(self, message):
        if not self.is_open():
            return False
        try:
            self.socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            return False
        return True

    def receive(self, waits=True):
        """The words of the next command; None: there is none yet, or never again."""
        while True:
            line, found, rest = self.read.partition(b"\n")
            if found:
                self.read = rest
                return [decoded(word) for word in line.split(b" ")]
            if not self.is_open():
                return None
            try:
                data = self.socket.recv(65536, 0 if waits else _socket.MSG_DONTWAIT)
            except OSError:
                return None
            if not data:
                self.close()
                return None
            self.read += data

    def close(self):
        if self.is_open():
            self.socket.close()
        elif self.socket is not None:
            self.socket.detach()
        self.socket = None


def decoded(word):
    """Two hexadecimal digits follow each %."""
    plain, *coded = word.split(b"%")
    return b"".join([plain] + [bytes([int(part[:2], 16)]) + part[2:] for part in coded]).decode()
