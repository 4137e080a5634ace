# sys.stdin, sys.stdout and sys.stderr as Python makes them at its start, over descriptors 0, 1 and 2.
import io
import sys

NAMES = ("<stdin>", "<stdout>", "<stderr>")
UNBUFFERED = bool(sys.stdout and sys.stdout.write_through)  # python3 -u
ENCODINGS = [(stream.encoding, stream.errors) if stream else ("utf-8", "strict")
             for stream in (sys.stdin, sys.stdout, sys.stderr)]
LINE_BUFFERED = (UNBUFFERED, UNBUFFERED, UNBUFFERED or sys.version_info >= (3, 9))


def standard_stream(descriptor):
    """None for a closed descriptor, as Python has it."""
    try:
        raw = io.FileIO(descriptor, "w" if descriptor else "r", closefd=False)
    except OSError:
        return None
    raw.name = NAMES[descriptor]
    return text_stream(raw, descriptor)


def text_stream(raw, descriptor):
    encoding, errors = ENCODINGS[descriptor]
    if descriptor == 0:
        buffer = io.BufferedReader(raw)
    else:
        buffer = raw if UNBUFFERED else io.BufferedWriter(raw)
    stream = io.TextIOWrapper(
        buffer, encoding=encoding, errors=errors, newline="\n" if descriptor else None,
        line_buffering=LINE_BUFFERED[descriptor], write_through=UNBUFFERED and descriptor > 0,
    )
    stream.mode = "w" if descriptor else "r"
    return stream


def is_as_made(stream, raw, descriptor):
    """Whether a request may go on with the stream of the request before it."""
    encoding, errors = ENCODINGS[descriptor]
    try:
        return (
            type(stream) is io.TextIOWrapper and not stream.closed and not raw.closed
            and (stream.buffer is raw or stream.buffer.raw is raw)
            and stream.encoding == encoding and stream.errors == errors
            and stream.line_buffering == LINE_BUFFERED[descriptor]
        )
    except (AttributeError, ValueError):
        return False  # detached
