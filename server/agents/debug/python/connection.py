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
    """The messages of the Debug Adapter Protocol on a UNIX socket."""

    def __init__(self, path):
        low = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        low.connect(path)
        descriptor = fcntl.fcntl(low.fileno(), fcntl.F_DUPFD_CLOEXEC, first_descriptor)
        low.close()
        self.socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, descriptor)
        self.identity = self.identify()
        self.read = b""
        self.sequence = 0

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
        self.sequence += 1
        message["seq"] = self.sequence
        data = json.dumps(message).encode()
        if not self.is_open():
            return False
        try:
            self.socket.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        except OSError:
            return False
        return True

    def receive(self, waits=True):
        """The next message; None: there is none yet, or never again."""
        while True:
            message = self.take()
            if message is not None:
                return message
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

    def take(self):
        head, found, rest = self.read.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.split(b":")[1])
        if len(rest) < length:
            return None
        self.read = rest[length:]
        return json.loads(rest[:length].decode())

    def close(self):
        if self.is_open():
            self.socket.close()
        elif self.socket is not None:
            self.socket.detach()
        self.socket = None
