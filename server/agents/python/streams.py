# sys.stdin, sys.stdout and sys.stderr as Python makes them at its start, over descriptors 0, 1 and 2.
import io
import os
import sys
from memory_files import memory_file
from script import flush

IN_SYS = "stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"
NAMES = ("<stdin>", "<stdout>", "<stderr>")
UNBUFFERED = bool(sys.stdout and sys.stdout.write_through)  # python3 -u
ENCODINGS = [(stream.encoding, stream.errors) if stream else ("utf-8", "strict")
             for stream in (sys.stdin, sys.stdout, sys.stderr)]
LINE_BUFFERED = (False, False, not UNBUFFERED and sys.version_info >= (3, 9))


def standard_stream(descriptor):
    """None for a closed descriptor, as Python has it."""
    writes = descriptor > 0
    try:
        buffer = io.open(descriptor, "wb" if writes else "rb", 0 if writes and UNBUFFERED else -1, closefd=False)
    except OSError:
        return None
    getattr(buffer, "raw", buffer).name = NAMES[descriptor]
    return text_stream(buffer, descriptor)


class ForkStreams:
    """
    Those of processes that are forked later, whose descriptors 0, 1 and 2 are pipes: what a stream knows of its
    descriptor, it asks once. Within `with` they are in place, and what a module puts there is each fork's.
    """

    def __init__(self):
        self._own = streams_in_sys()  # kept, or each fork would take them apart
        saved = [duplicate(descriptor) for descriptor in range(3)]
        reads, writes = os.pipe()
        put([reads, writes, writes])
        self.made = [standard_stream(descriptor) for descriptor in range(3)]
        for end in {reads, writes}.difference(range(3)):
            os.close(end)
        self._given = [*self.made, *self.made]
        put_back(saved)

    def __enter__(self):
        self._saved = [duplicate(descriptor) for descriptor in range(3)]
        file = memory_file()
        put([file] * 3)
        if file > 2:
            os.close(file)
        put_in_sys(self._given)

    def __exit__(self, *_):
        self._given = streams_in_sys()
        for stream in filter(None, (sys.stdout, sys.stderr, *self.made[1:])):
            flush(stream, is_last=True)  # else each fork would print it
        put_in_sys(self._own)
        written = os.pread(1, os.lseek(1, 0, os.SEEK_CUR), 0)
        put_back(self._saved)
        if written and self._saved[2] is not None:
            os.write(2, written)

    def give(self):
        put_in_sys(self._given)
        self._given.clear()  # in CGI nothing but sys holds them


def streams_in_sys():
    return [getattr(sys, name) for name in IN_SYS]


def put_in_sys(streams):
    for name, stream in zip(IN_SYS, streams):
        setattr(sys, name, stream)


def put(ends):
    for descriptor, end in enumerate(ends):
        os.dup2(end, descriptor)


def put_back(saved):
    for descriptor, own in enumerate(saved):
        if own is None:
            os.close(descriptor)
        else:
            os.dup2(own, descriptor)
            os.close(own)


def duplicate(descriptor):
    try:
        return os.dup(descriptor)
    except OSError:
        return None  # the process was started without it


def pipe_buffer_length():
    reads, writes = os.pipe()
    with open(reads, "rb"), open(writes, "wb") as buffer:
        return max(buffer.__sizeof__() - type(buffer).__basicsize__, 1 << 12)


PIPE_BUFFER = pipe_buffer_length()


def text_stream(buffer, descriptor):
    encoding, errors = ENCODINGS[descriptor]
    stream = io.TextIOWrapper(
        buffer, encoding=encoding, errors=errors, newline="\n",
        line_buffering=LINE_BUFFERED[descriptor], write_through=UNBUFFERED and descriptor > 0,
    )
    stream.mode = "w" if descriptor else "r"
    return stream


def is_as_made(stream, raw, descriptor, was_flushed):
    """
    Whether a request may go on with the stream of the request before it. What ends its lines nobody can ask, and
    nobody changes it without a flush.
    """
    encoding, errors = ENCODINGS[descriptor]
    try:
        return (
            type(stream) is io.TextIOWrapper and not stream.closed and not raw.closed
            and (stream.buffer is raw or stream.buffer.raw is raw)
            and stream.encoding == encoding and stream.errors == errors
            and stream.line_buffering == LINE_BUFFERED[descriptor] and stream.write_through == UNBUFFERED
            and not (was_flushed and stream.reconfigure(newline="\n"))
        )
    except (AttributeError, ValueError, OSError):
        return False  # detached, or it cannot be flushed
