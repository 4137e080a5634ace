# A request as its records bring it, and what was sent for it.
NO_BYTES = b""


class Request:
    __slots__ = ("id", "keep", "connection", "params", "body", "body_ended", "begun", "has_stdout",
                 "stdout_ended", "has_stderr", "run")

    def __init__(self, request_id, keep, connection):
        self.id = request_id
        self.keep = keep
        self.connection = connection
        self.params = NO_BYTES
        self.body = bytearray()
        self.body_ended = self.begun = self.has_stdout = self.has_stderr = self.stdout_ended = False
        self.run = None
