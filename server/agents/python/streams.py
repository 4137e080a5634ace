# sys.stdin, sys.stdout and sys.stderr as Python makes them at its start, over descriptors 0, 1 and 2.
import io
import os
import sys

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


def pipe_streams():
    """Of a process whose descriptors 0, 1 and 2 will be pipes: what a stream knows of its descriptor, it asks once."""
    own = [duplicate(descriptor) for descriptor in range(3)]
    reads, writes = os.pipe()
    for descriptor, end in enumerate((reads, writes, writes)):
        os.dup2(end, descriptor)
    streams = [standard_stream(descriptor) for descriptor in range(3)]
    for end in {reads, writes}.difference(range(3)):
        os.close(end)
    for descriptor, saved in enumerate(own):
        if saved is None:
            os.close(descriptor)
        else:
            os.dup2(saved, descriptor)
            os.close(saved)
    return streams


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
