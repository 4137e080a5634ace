# A request as its records bring it, and what was sent for it.
NO_BYTES = b""
LENGTH = b"CONTENT_LENGTH"
PIPE_BYTES = 1 << 16  # so much a pipe holds: whether CGI's script reads that, nobody sees


class Request:
    __slots__ = ("id", "keep", "connection", "params", "body", "body_ended", "begun", "has_stdout",
                 "stdout_ended", "has_stderr", "run", "taken")

    def __init__(self, request_id, keep, connection):
        self.id = request_id
        self.keep = keep
        self.connection = connection
        self.params = NO_BYTES
        self.body = bytearray()
        self.body_ended = self.begun = self.has_stdout = self.has_stderr = self.stdout_ended = False
        self.run = None
        self.taken = 0  # bytes of the body that the script has read, or could have

    def unread(self):
        """How much of a body the script left that was too large for a pipe; else 0."""
        at = self.params.find(LENGTH)
        if at < 2 or self.params[at - 2] != len(LENGTH):
            return 0
        at += len(LENGTH)
        announced = self.params[at:at + self.params[at - len(LENGTH) - 1]]
        left = int(announced) - self.taken if announced.isdigit() else 0
        return left if left > PIPE_BYTES else 0
