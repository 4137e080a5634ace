#!/usr/bin/env python3
"""Runs one CGI script, unmodified, or one WSGI application as a FastCGI application in an interpreter that stays.

  cgi-workbench-agent.py --mode=prefork|persistent|wsgi [options] SCRIPT

Without --listen descriptor 0 must be a listening socket (FastCGI 1.0, section 2.2): spawn-fcgi, lighttpd's bin-path,
systemd and mod_fcgid start an application so. Python 3.8 or later; nothing but the standard library.

  --mode=prefork      a fork for each request: what the script changes ends with it
  --mode=persistent   the script again and again in one process
  --mode=wsgi         the file's callable `application` or `app` (PEP 3333), one request at a time in each process
  --listen=ADDRESS    unix:PATH or tcp:HOST:PORT
  --workers=N         processes that share that socket (1)
  --preload=A,B       modules to import before the first request
  --recycle=N         replace a process after N requests (0: never)
  --grow=MIB          replace a process that grew by so much (256; 0: never)
  --spare=N           prefork: forked children that wait for a request (1)
  --children=N        prefork: requests at once in each process (1; with --listen 16)
  --modules=drop|keep persistent: forget modules from the script's folder after each request (drop), or keep them
  --globals=fresh|keep persistent: the script's global variables are new for each request (fresh), or kept
  --detect=FILE       persistent: append to FILE, for each request, a line of JSON with what the script left behind
  --words=pass|ignore a query without "=" becomes the arguments of the script (pass), or never does
  --error500          answer "Status: 500" when a script fails before it wrote anything
"""
import builtins

# A script may replace `len` or `open`. What is defined below looks names up here, where they stay what they are.
__builtins__ = dict(vars(builtins))


# FastCGI 1.0: records, name-value pairs. Numbers are those of its section 8.
from struct import Struct

BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR, DATA = range(1, 9)
GET_VALUES, VALUES, UNKNOWN = range(9, 12)
REQUEST_COMPLETE, CANT_MPX_CONN, OVERLOADED, UNKNOWN_ROLE = range(4)
RESPONDER = 1
KEEP_CONN = 1
MAX_CONTENT = 65528  # the largest that needs no padding

HEADER = Struct(">BBHHBx")  # version, type, request id, content length, padding length
BEGIN_BODY = Struct(">HB5x")
END_BODY = Struct(">IB3x")
LONG = Struct(">I")


def record(kind, request_id, content=b""):
    return HEADER.pack(1, kind, request_id, len(content), 0) + content


def stream_records(kind, request_id, data):
    """`data` in as many records as it needs; none for no data, which would end the stream."""
    if 0 < len(data) <= MAX_CONTENT:
        return HEADER.pack(1, kind, request_id, len(data), 0) + data
    parts = (data[at:at + MAX_CONTENT] for at in range(0, len(data), MAX_CONTENT))
    return b"".join(record(kind, request_id, part) for part in parts)


def end_request(request_id, app_status, protocol_status=REQUEST_COMPLETE):
    return record(END_REQUEST, request_id, END_BODY.pack(app_status & 0xFFFFFFFF, protocol_status))


def decode_pairs(data):
    """Name-value pairs, in order. A pair that is cut off ends the list."""
    pairs = []
    at, end = 0, len(data)
    while at < end:
        if at + 1 < end and (data[at] | data[at + 1]) < 128:  # as most are
            name_length, value_length = data[at], data[at + 1]
            at += 2
        else:
            name_length, at = _length(data, at)
            value_length, at = _length(data, at)
        value_at = at + name_length
        if at > end or value_at + value_length > end:
            break
        pairs.append((data[at:value_at], data[value_at:value_at + value_length]))
        at = value_at + value_length
    return pairs


def _length(data, at):
    """A length and where it ends: one byte, or four with the highest bit set. Past the end when it is cut off."""
    if at >= len(data):
        return 0, at + 1
    if data[at] < 128:
        return data[at], at + 1
    if at + 4 > len(data):
        return 0, len(data) + 1
    return LONG.unpack_from(data, at)[0] & 0x7FFFFFFF, at + 4


def values_result(asked, values):
    """The answer to FCGI_GET_VALUES: those of the names asked for that are known."""
    known = [(name, values[name]) for name, _ in decode_pairs(asked) if name in values]
    return record(VALUES, 0, b"".join(bytes((len(name), len(value))) + name + value for name, value in known))


# The command line of RFC 3875, section 4.4: the query of an indexed search, `?word+word`, becomes arguments, all of
# it or nothing. No word may begin with "-" (CVE-2012-1823); what a shell takes for its own is escaped, as Apache does.
import os
import re
from urllib.parse import unquote_to_bytes

SEARCH_WORD = re.compile(rb"[A-Za-z0-9\-_.!~*'();/?:@&,$%]+\Z")
BAD_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
SHELL_ACTIVE = re.compile(rb"([&;`'\"|*?~<>^()\[\]{}$\\\n])")


def search_words(method, query):
    """`sys.argv[1:]` for a request."""
    if not query or b"=" in query or method not in (b"GET", b"HEAD"):
        return []
    words = []
    for word in query.split(b"+"):
        plain = unquote_to_bytes(word)
        if not SEARCH_WORD.match(word) or BAD_PERCENT.search(word) or b"\0" in plain or plain.startswith(b"-"):
            return []
        words.append(os.fsdecode(SHELL_ACTIVE.sub(rb"\\\1", plain)))
    return words


# A request's variables become the environment, and the words of its query the command line.
import os
import sys
import time
from os import fsencode, putenv, unsetenv

VARIABLES = os.environ._data
_set_time_zone = getattr(time, "tzset", None)


def settable(variables):
    """No process can be given others."""
    return {name: value for name, value in variables.items()
            if name and b"=" not in name and b"\0" not in name and b"\0" not in value}


class Environment:
    """A request changes what differs from the one before it."""

    def __init__(self, options):
        self._takes_words = options.words == "pass"
        self._own = dict(VARIABLES)
        self._params = self._words = None
        self._wanted = self._own
        self._changed = set()  # by the script, behind os.environ
        self._time_zone = VARIABLES.get(b"TZ"), time.tzname

    def functions(self):
        """For the module `os`."""
        return {"putenv": self._puts, "unsetenv": self._unsets}

    def give(self, params):
        if params != self._params:
            variables = dict(decode_pairs(params))
            self._params, self._wanted = params, {**self._own, **settable(variables)}
            query = variables.get(b"QUERY_STRING") if self._takes_words else None
            self._words = search_words(variables.get(b"REQUEST_METHOD"), query)
        self._set(self._wanted)
        sys.argv[1:] = self._words

    def put_back(self):
        """That of the process without a request."""
        self._set(self._own)

    def _set(self, wanted):
        if VARIABLES != wanted or self._changed:
            self._change(wanted)
        VARIABLES.clear()  # for the order of its names
        VARIABLES.update(wanted)
        zone = wanted.get(b"TZ")
        if self._time_zone != (zone, time.tzname) and _set_time_zone:
            _set_time_zone()
            self._time_zone = zone, time.tzname

    def _change(self, wanted):
        changed = self._changed.union(name for name in VARIABLES if name not in wanted)
        changed.update(name for name, value in wanted.items() if VARIABLES.get(name) != value)
        for name in changed:
            if name in wanted:
                putenv(name, wanted[name])
            else:
                unsetenv(name)
        self._changed.clear()

    def _puts(self, key, value):
        putenv(key, value)
        self._changed.add(fsencode(key))

    def _unsets(self, key):
        unsetenv(key)
        self._changed.add(fsencode(key))


# The script as `python3 SCRIPT` runs it: compiled once, in a module `__main__` of its own, with Python's own end.
import sys
import types
import warnings
from os import stat

AGENT_FILE = __file__
# What a module `__main__` has before its first line, in this version of Python and in its order.
MAIN_NAMES = {name: value for name, value in list(globals().items()) if name[:2] == name[-2:] == "__"}
SOURCE_LOADER = sys.modules["_frozen_importlib_external"].SourceFileLoader


class Vanish(BaseException):
    """The script has ended itself in a way that no `except` of it may stop; persistent processes need it."""


class Script:
    """The file, and its code while the file stays what it was."""

    def __init__(self, path):
        self.path = path
        self._version = None
        self._code = None

    def refresh(self):
        """Compiles a file that changed; true when it did. What cannot be compiled is left to the request."""
        try:
            found = stat(self.path)
            version = found.st_mtime_ns, found.st_size, found.st_ino
        except OSError:
            version = None
        if version == self._version:
            return False
        self._version, self._code = version, None
        if version is not None:
            self._code = self._compiled_quietly()
        return True

    def code(self):
        """Raises what Python raises for a file that is not a program."""
        return self._code or self._compiled()

    def _compiled(self):
        with open(self.path, "rb") as file:
            source = file.read()
        return compile(source, self.path, "exec", dont_inherit=True)

    def _compiled_quietly(self):
        """None with warnings, too: they are printed for each request, as a new process prints them."""
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            try:
                code = self._compiled()
            except (OSError, SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
                return None
        return None if seen else code

    def main_module(self):
        module = types.ModuleType("__main__")
        names = vars(module)
        names.clear()
        names.update(MAIN_NAMES)
        names["__builtins__"] = sys.modules["builtins"]
        names["__doc__"] = None
        names["__file__"] = self.path
        names["__loader__"] = SOURCE_LOADER("__main__", self.path)
        if "__annotations__" in names:
            names["__annotations__"] = {}
        return module


def run_main(script, module):
    """Runs the script to its end; its exit status."""
    try:
        exec(script.code(), vars(module))
        return 0
    except Vanish:
        raise
    except SystemExit as leaving:
        return status_of(leaving)
    except BaseException as error:
        failure = error
    return report(failure)  # not within `except`: an error of a hook would name it as its context


def status_of(leaving):
    code = leaving.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 255
    print(code, file=sys.stderr)
    return 1


def report(error):
    """Prints the traceback from the script's own frame on, through the hook that the script may have set."""
    error = without_agent(error)
    try:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    except SystemExit as leaving:
        return status_of(leaving)
    except BaseException as failure:
        second = without_agent(failure)
    print("Error in sys.excepthook:", file=sys.stderr)
    sys.__excepthook__(type(second), second, second.__traceback__)
    print("\nOriginal exception was:", file=sys.stderr)
    sys.__excepthook__(type(error), error, error.__traceback__)
    return 1


def without_agent(error):
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == AGENT_FILE:
        trace = trace.tb_next
    return error.with_traceback(trace)


def flush(stream, is_last=False):
    """False when what the script printed could not be written; it is reported once."""
    try:
        if not stream.closed:
            stream.flush()
        return True
    except Exception as error:
        if stream is sys.stdout and sys.stderr is not None and not is_last:
            print("Exception ignored in: %r\n%s: %s" % (stream, type(error).__name__, error), file=sys.stderr)
        return False


def flush_output(is_last=False):
    """As Python does twice at its end: an exit status for output that is lost, or 0."""
    done = [flush(stream, is_last) for stream in (sys.stdout, sys.stderr) if stream is not None]
    return 0 if all(done) else 120


def clear_names(module):
    """In the order of Python's end: names with one underscore, then the others, so that files are closed."""
    names = vars(module)
    for private in (True, False):
        for name in list(names):
            if (name[:1] == "_" and name[1:2] != "_") == private and name != "__builtins__":
                names[name] = None


# sys.stdin, sys.stdout and sys.stderr as Python makes them at its start, over descriptors 0, 1 and 2.
import io
import os
import sys

NAMES = ("<stdin>", "<stdout>", "<stderr>")
UNBUFFERED = bool(sys.stdout and sys.stdout.write_through)  # python3 -u
ENCODINGS = [(stream.encoding, stream.errors) if stream else ("utf-8", "strict")
             for stream in (sys.stdin, sys.stdout, sys.stderr)]
LINE_BUFFERED = (UNBUFFERED, UNBUFFERED, UNBUFFERED or sys.version_info >= (3, 9))


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


def buffered(raw):
    """With a buffer as long as a pipe gets, whatever lies under `raw`."""
    return raw if UNBUFFERED else io.BufferedWriter(raw, PIPE_BUFFER)


def pipe_buffer_length():
    reads, writes = os.pipe()
    with open(reads, "rb"), open(writes, "wb") as buffer:
        return max(buffer.__sizeof__() - type(buffer).__basicsize__, 1 << 12)


PIPE_BUFFER = pipe_buffer_length()


def text_stream(buffer, descriptor):
    encoding, errors = ENCODINGS[descriptor]
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


# One connection from a web server: records in, records out. One request at a time on it, as FCGI_MPXS_CONNS says.

READ_BYTES = 1 << 16  # the system gives more memory for each read, and takes it back
# Of a body or a response that the other side does not take so much is held; then reading waits, too.
HELD_BYTES = 1 << 18


class Connection:
    """`worker` is told `begin` (the variables are there), `more_body`, `aborted` and `left` (the other side went)."""

    def __init__(self, sock, worker):
        self.sock = sock
        self.descriptor = sock.fileno()
        self.worker = worker
        self.request = None
        self.is_open = True
        self.is_ending = False  # answered and not kept: what still comes is read and dropped
        self._input = NO_BYTES
        self.output = bytearray()

    def read(self):
        try:
            data = self.sock.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = NO_BYTES
        if not data:
            self.close()
        elif not self.is_ending:
            self._take_records(self._input + data)

    def _take_records(self, data):
        at = 0
        have = len(data)
        while have - at >= 8 and self.is_open and not self.is_ending:
            _, kind, request_id, length, padding = HEADER.unpack_from(data, at)
            end = at + 8 + length
            if have < end + padding:
                break
            content = data[at + 8:end]
            at = end + padding
            self._take(kind, request_id, content)
        self._input = data[at:]

    def _take(self, kind, request_id, content):
        request = self.request
        if request_id == 0:
            if kind == GET_VALUES:
                self.send(values_result(content, self.worker.values()))
            else:
                self.send(record(UNKNOWN, 0, bytes((kind,)) + bytes(7)))
        elif kind == BEGIN_REQUEST:
            self._begin(request_id, content)
        elif request is None or request.id != request_id:
            pass  # of a request that is over: section 3.3
        elif kind == PARAMS and not request.begun:
            if content:
                request.params += content
            else:
                request.begun = True
                self.worker.begin(request)
        elif kind == STDIN and not request.body_ended:
            if content:
                request.body += content
            else:
                request.body_ended = True
            if request.begun:
                self.worker.more_body(request)
        elif kind == ABORT_REQUEST:
            self.worker.aborted(request)

    def _begin(self, request_id, content):
        role, flags = BEGIN_BODY.unpack(content) if len(content) == 8 else (0, 0)
        if self.request is not None:
            self.send(end_request(request_id, 0, CANT_MPX_CONN))
        elif role != RESPONDER:
            self.send(end_request(request_id, 0, UNKNOWN_ROLE))
            if not flags & KEEP_CONN:
                self._end()
        else:
            self.request = Request(request_id, bool(flags & KEEP_CONN), self)

    def send(self, data):
        """Sends what the other side takes now; the rest when it takes more."""
        if not self.is_open:
            return
        output = self.output
        output += data
        try:
            while output:
                del output[:self.sock.send(output)]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self.close()
            return
        if self.is_ending and not output:
            self._stop_sending()
        if self.is_open:
            self.worker.interest(self)

    def stdout(self, request, data):
        request.has_stdout = True
        self.send(stream_records(STDOUT, request.id, data))

    def stderr(self, request, data):
        request.has_stderr = True
        self.send(stream_records(STDERR, request.id, data))

    def finish(self, request, status, last=NO_BYTES):
        """Ends the request; `last`: records that go before its end."""
        ends = NO_BYTES if request.stdout_ended else record(STDOUT, request.id)
        if request.has_stderr:
            ends += record(STDERR, request.id)
        self.request = None
        if not request.keep:
            self.is_ending = True
        self.send(last + ends + end_request(request.id, status))

    def _end(self):
        self.is_ending = True
        self.send(NO_BYTES)

    def _stop_sending(self):
        """The other side closes when it has the response. Closing first, with its bytes unread, could destroy it."""
        self._input = NO_BYTES
        try:
            self.sock.shutdown(1)
        except OSError:
            self.close()

    def close(self):
        if not self.is_open:
            return
        self.is_open = False
        self.output.clear()
        request, self.request = self.request, None
        self.worker.closed(self)
        self.sock.close()
        if request is not None:
            self.worker.left(request)


# One process: a listening socket, its connections, and whatever else has a descriptor. It sleeps until one is ready.
import os
import select
import time

READABLE, WRITABLE, FAILED = select.POLLIN, select.POLLOUT, select.POLLERR | select.POLLHUP | select.POLLNVAL
PARENT_SECONDS = 2  # so often it looks whether the process that started it still lives
now = time.monotonic


class EventLoop:
    def __init__(self, listener, options):
        self.listener = listener
        self.options = options
        self.served = 0
        self.connections = {}
        self._poll = select.poll()
        self._ready = {}
        self._parent = os.getppid()
        self._grown = Growth(options.grow)
        listener.setblocking(False)
        self.watch(listener.fileno(), READABLE, self._accept)

    def watch(self, descriptor, events, ready):
        """`ready` is called with what is ready, again and again, until `forget`."""
        self._ready[descriptor] = ready
        self._poll.register(descriptor, events)

    def change(self, descriptor, events):
        self._poll.modify(descriptor, events)

    def forget(self, descriptor):
        if self._ready.pop(descriptor, None):
            self._poll.unregister(descriptor)

    def is_watched(self, descriptor):
        return descriptor in self._ready

    def run(self):
        """Returns when the process is to be replaced, or nobody needs it any more."""
        while not (self.is_idle() and self.is_worn()):
            if os.getppid() != self._parent:
                return
            spare_time = self.wants_spare_time()
            events = self._poll.poll(0 if spare_time else 1000 * min(self.pause(), PARENT_SECONDS))
            if not events and spare_time:
                self.use_spare_time()
            for descriptor, event in events:
                ready = self._ready.get(descriptor)  # an earlier one may have ended it
                if ready:
                    ready(event)
            self.look_at_clock()

    def is_worn(self):
        return 0 < self.options.recycle <= self.served or self._grown.is_too_much(self.served)

    def _accept(self, event):
        if event & FAILED:
            raise OSError("the listening socket failed")
        try:
            sock, _ = self.listener.accept()
        except OSError:
            return  # another process has it
        sock.setblocking(False)
        connection = Connection(sock, self)
        self.connections[connection.descriptor] = connection
        self.watch(connection.descriptor, READABLE, lambda event: self._connection_ready(connection, event))

    def _connection_ready(self, connection, event):
        if event & WRITABLE:
            connection.send(b"")
        if event & READABLE and connection.is_open:
            connection.read()
        elif event & FAILED:
            connection.close()

    def interest(self, connection):
        """Waits for what the connection needs; does not read a body that nobody takes."""
        request = connection.request
        events = WRITABLE if connection.output else 0
        if request is None or len(request.body) < HELD_BYTES or not request.begun:
            events |= READABLE
        self.change(connection.descriptor, events)

    def closed(self, connection):
        self.forget(connection.descriptor)
        del self.connections[connection.descriptor]

    def values(self):
        """FCGI_GET_VALUES."""
        most = b"%d" % self.options.children
        return {b"FCGI_MAX_CONNS": most, b"FCGI_MAX_REQS": most, b"FCGI_MPXS_CONNS": b"0"}

    # What the mode decides.

    @classmethod
    def prepare(cls, options):
        """Before modules are preloaded."""

    def leave(self):
        """The end of the process."""

    def is_idle(self):
        return all(one.request is None and not one.output for one in self.connections.values())

    def wants_spare_time(self):
        return False

    def use_spare_time(self):
        """Called when nothing is ready."""

    def pause(self):
        """Seconds until `look_at_clock` has something to do."""
        return PARENT_SECONDS

    def look_at_clock(self):
        """Called after each turn."""


class Growth:
    """Whether resident memory grew by so many MiB since the first requests; looked at now and then."""

    EVERY = 64

    def __init__(self, most):
        self._most = most
        self._first = self._looked = 0

    def is_too_much(self, served):
        if not self._most or served - self._looked < self.EVERY:
            return False
        self._looked = served
        size = resident_mib()
        self._first = self._first or size
        return size > self._first + self._most


def resident_mib():
    """0 where the system does not tell it so."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, ValueError, IndexError):
        return 0


# Linux ends a process when its parent is gone, if the process asks for it. Elsewhere, or without ctypes, the process
# has to look now and then.
import os

PR_SET_PDEATHSIG = 1
try:
    from ctypes import CDLL
    prctl = CDLL(None).prctl
except (ImportError, OSError, AttributeError, TypeError):
    prctl = None


def end_with_parent(parent, signal_number):
    """Call in the child, first thing."""
    if prctl:
        prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it went before it could be asked for


# What --error500 answers for a script that fails before it wrote anything: servers make "200 OK" of such a response.

PAGE = b"Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\nThe script failed with exit status %d.\n"


def failure_page(request, status, options):
    """Records to send before the end of the request; none when there is no such failure."""
    if not options.error500 or status == 0 or request.has_stdout:
        return b""
    return stream_records(STDOUT, request.id, PAGE % status)


# Prefork, the forked process: it waits on its standard input for the variables of a request, then it is the script.
import atexit
import gc
import os
import sys
from _signal import SIG_DFL, SIG_SETMASK, SIGCHLD, SIGINT, SIGKILL, SIGTERM
from _signal import default_int_handler, pthread_sigmask, set_wakeup_fd
from _signal import signal as set_signal
from _thread import _count as other_threads

# On this descriptor the exit status is reported, out of the way of what a script opens. It is closed by exec.
STATUS_DESCRIPTOR = 63
_exit = os._exit


class Pipes:
    """The ends of a child's pipes: the worker's, and the child's."""

    def __init__(self):
        self.stdin, self.to_stdin = os.pipe()
        self.from_stdout, self.stdout = os.pipe()
        self.from_stderr, self.stderr = os.pipe()
        self.from_status, self.status = os.pipe()

    def keep_workers_ends(self):
        for descriptor in (self.stdin, self.stdout, self.stderr, self.status):
            os.close(descriptor)
        for descriptor in (self.to_stdin, self.from_stdout, self.from_stderr):
            os.set_blocking(descriptor, False)

    def keep_childs_ends(self):
        os.dup2(self.stdin, 0)
        os.dup2(self.stdout, 1)
        os.dup2(self.stderr, 2)
        if self.status != STATUS_DESCRIPTOR:
            os.dup2(self.status, STATUS_DESCRIPTOR, inheritable=False)


class Prepared:
    """What each child needs, made before it is forked: what it does itself costs it pages of its own."""

    def __init__(self, script, options):
        self.main = script.main_module()
        self.streams = pipe_streams()
        self.own_streams = sys.stdin, sys.stdout, sys.stderr  # kept, or each child would take them apart
        self.environment = Environment(options)
        self.params = b""  # of the last request: the next one has mostly the same

    def renew(self):
        """Before each fork."""
        self.environment.give(self.params)
        gc.freeze()


def run_child(script, prepared, pipes, parent, others):
    """Never returns."""
    end_with_parent(parent, SIGKILL)
    os.setpgid(0, 0)  # a group that can be ended without the worker
    set_wakeup_fd(-1)
    set_signal(SIGCHLD, SIG_DFL)
    set_signal(SIGTERM, SIG_DFL)
    set_signal(SIGINT, default_int_handler)
    pthread_sigmask(SIG_SETMASK, ())  # one that came meanwhile ends it now
    pipes.keep_childs_ends()
    for descriptor in others.union(vars(pipes).values()).difference((0, 1, 2, STATUS_DESCRIPTOR)):
        os.close(descriptor)
    own_status = os.fstat(STATUS_DESCRIPTOR).st_ino
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__ = prepared.streams
    main = sys.modules["__main__"] = prepared.main
    pid = os.getpid()
    gc.collect()  # what it touches at the script's end it has then
    prepared.environment.give(read_exactly(LONG.unpack(read_exactly(4))[0]))
    gc.enable()
    status = finish(run_main(script, main), main)
    if os.getpid() == pid:  # not a fork of the script's own
        tell(status, own_status)
    _exit(status)


def read_exactly(length):
    data = b""
    while len(data) < length:
        part = os.read(0, length - len(data))
        if not part:
            _exit(0)  # the worker has no request for this process
        data += part
    return data


def finish(status, main):
    """What Python does at its end, in its order; without the time that it takes to free everything."""
    try:
        threading = sys.modules.get("threading")
        if threading and (other_threads() or getattr(threading, "_threading_atexits", True)):
            threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException as error:
        report(error)
    status = flush_output() or status
    clear_names(main)
    gc.collect()
    flush_output(is_last=True)
    return status


def tell(status, own_status):
    """The response ends before this process is taken apart."""
    try:
        if os.fstat(STATUS_DESCRIPTOR).st_ino != own_status:
            return  # the script has opened something else there
        for descriptor in (0, 1, 2):
            try:
                os.close(descriptor)
            except OSError:
                pass  # the script closed it
        os.write(STATUS_DESCRIPTOR, LONG.pack(status))
    except OSError:
        pass  # closed: the worker learns it when the process has ended


# Prefork, the processes: forked ahead, given to requests, reaped.
import gc
import os
import signal
from _signal import SIG_BLOCK, SIG_UNBLOCK, pthread_sigmask

HANDLED = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)


class Run:
    """A forked process and, later, its request."""

    def __init__(self, pid, pipes):
        self.pid = pid
        self.stdin, self.stdout, self.stderr = pipes.to_stdin, pipes.from_stdout, pipes.from_stderr
        self.status_pipe = pipes.from_status
        self.status = None
        self.is_reaped = False
        self.deadline = None
        self.request = None

    def descriptors(self):
        return [one for one in (self.stdin, self.stdout, self.stderr, self.status_pipe) if one is not None]

    def close(self):
        for descriptor in self.descriptors():
            os.close(descriptor)

    def signal(self, number):
        """To its group. Its id is its own while the process is not reaped, or something of the group holds a pipe."""
        if not self.is_reaped or self.stdout is not None or self.stderr is not None:
            try:
                os.killpg(self.pid, number)
            except OSError:
                pass  # nothing is left of it


class Processes(EventLoop):
    """Forks them, ahead of requests if it can, and learns of their ends."""

    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        self.script = script
        self._spare = []
        self.runs = {}
        script.refresh()
        self._prepared = Prepared(script, options)
        gc.collect()
        gc.freeze()  # what is loaded stays: a collection in a child would copy its pages
        gc.disable()
        woken, self._wakes = os.pipe()
        for descriptor in (woken, self._wakes):
            os.set_blocking(descriptor, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._terminated)
        signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)
        self.watch(woken, READABLE, lambda _: self._reap(woken))

    def wants_spare_time(self):
        return len(self._spare) < self.options.spare

    def use_spare_time(self):
        self._spare.append(self._fork())

    def _fork(self):
        pipes = Pipes()
        parent = os.getpid()
        self._prepared.renew()
        # What comes before the child has its own handlers must not run the worker's there, nor be lost.
        pthread_sigmask(SIG_BLOCK, HANDLED)
        pid = os.fork()
        if pid == 0:
            try:
                run_child(self.script, self._prepared, pipes, parent, self._descriptors())
            finally:
                os._exit(70)
        try:
            os.setpgid(pid, pid)  # the child does the same: whichever is first
        except OSError:
            pass  # it has ended
        pthread_sigmask(SIG_UNBLOCK, HANDLED)
        pipes.keep_workers_ends()
        return Run(pid, pipes)

    def _descriptors(self):
        """All that the worker has open; what a preloaded module opened is the script's."""
        runs = [*self._spare, *self.runs.values()]
        return {*self._ready, self._wakes}.union(*(run.descriptors() for run in runs))

    def take_run(self):
        if self.script.refresh():
            self._drop_spares()
        return self._spare.pop(0) if self._spare else self._fork()

    def _drop_spares(self):
        for run in self._spare:
            run.close()  # end of its input: it leaves
        self._spare.clear()

    def _reap(self, woken):
        try:
            while os.read(woken, 512):
                pass
        except BlockingIOError:
            pass
        while True:
            try:
                pid, wait_status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._exited(pid, 128 + (wait_status & 127) if wait_status & 127 else wait_status >> 8)

    def _exited(self, pid, status):
        for run in [one for one in self._spare if one.pid == pid]:
            self._spare.remove(run)
            run.close()
        run = self.runs.get(pid)
        if run:
            run.is_reaped = True
            self.ended(run, status)

    def _terminated(self, *_):
        """TERM ends everything at once."""
        for run in self.runs.values():
            run.signal(signal.SIGKILL)
        os._exit(0)

    def ended(self, run, status):
        raise NotImplementedError


# Prefork, the bytes: of a request into the pipes of its process, and out of them into records.
import os

READ_PIPE = 1 << 16
HELD_SECONDS = 2  # so long other processes may hold a script's stdout or stderr after its end


class Pump(Processes):
    def __init__(self, listener, script, options):
        super().__init__(listener, script, options)
        self.waiting = []

    def begin(self, request):
        if len(self.runs) >= self.options.children:
            self.waiting.append(request)
            return
        run = request.run = self.take_run()
        self._prepared.params = request.params
        run.request = request
        self.runs[run.pid] = run
        request.body[:0] = LONG.pack(len(request.params)) + request.params
        self.watch(run.stdout, READABLE, lambda _: self._output(run))
        self.watch(run.stderr, READABLE, lambda _: self._errors(run))
        self.watch(run.status_pipe, READABLE, lambda _: self._status(run))
        self.more_body(request)

    def more_body(self, request):
        run = request.run
        if run is None:
            return  # it waits
        body = request.body
        if run.stdin is None:
            body.clear()
        try:
            while body:
                del body[:os.write(run.stdin, body[:READ_PIPE])]
        except BlockingIOError:
            pass
        except OSError:
            self.close_stdin(run)  # the script reads no more of it, which it may
            body.clear()
        if run.stdin is not None:
            self._after_body(request, run)
        if request.connection.is_open:
            self.interest(request.connection)

    def _after_body(self, request, run):
        if request.body:
            if not self.is_watched(run.stdin):
                self.watch(run.stdin, WRITABLE, lambda _: self.more_body(request))
        elif request.body_ended:
            self.close_stdin(run)
        else:
            self.forget(run.stdin)

    def interest(self, connection):
        """A response that the other side does not take stops its script, through a full pipe."""
        super().interest(connection)
        run = connection.request.run if connection.request else None
        if run and run.stdout is not None:
            self.change(run.stdout, 0 if len(connection.output) >= HELD_BYTES else READABLE)

    def _output(self, run):
        data = self._read(run.stdout)
        connection = run.request.connection
        if data:
            connection.stdout(run.request, data)
        elif data is not None:
            self.close(run, "stdout")
            self.settle(run)

    def _errors(self, run):
        data = self._read(run.stderr)
        if data:
            run.request.connection.stderr(run.request, data)
        elif data is not None:
            self.close(run, "stderr")
            self.settle(run)

    def end_stdout(self, run):
        """A script that closed its standard output and goes on: the response is complete."""
        request = run.request
        if not request.stdout_ended and (request.has_stdout or not self.options.error500):
            request.stdout_ended = True
            request.connection.send(record(STDOUT, request.id))

    def _read(self, descriptor):
        """Empty at the end, None when nothing is there."""
        try:
            return os.read(descriptor, READ_PIPE)
        except BlockingIOError:
            return None

    def _status(self, run):
        """Without a number the script became another program, or ended in a way of its own: waitpid tells."""
        data = os.read(run.status_pipe, 4)
        self.close(run, "status_pipe")
        if len(data) == 4:
            self.ended(run, LONG.unpack(data)[0])

    def ended(self, run, status):
        if run.status is None:
            run.status = status
            run.deadline = now() + HELD_SECONDS
        self.settle(run)

    def settle(self, run):
        if run.status is None or run.stdout is not None or run.stderr is not None or run.pid not in self.runs:
            return
        del self.runs[run.pid]
        self.close_stdin(run)
        if run.status_pipe is not None:
            self.close(run, "status_pipe")
        self._answer(run)
        while self.waiting and len(self.runs) < self.options.children:
            self.begin(self.waiting.pop(0))

    def _answer(self, run):
        self.served += 1
        request = run.request
        if request.connection.is_open and request.connection.request is request:
            request.connection.finish(request, run.status, failure_page(request, run.status, self.options))

    def close_stdin(self, run):
        if run.stdin is not None:
            self.close(run, "stdin")

    def close(self, run, name):
        descriptor = getattr(run, name)
        setattr(run, name, None)
        self.forget(descriptor)
        os.close(descriptor)


# Mode "prefork": each request is a fork that is the script. When one is to end early, and what happens by the clock.
import signal

GRACE_SECONDS = 2  # between TERM and KILL


class Prefork(Pump):
    def aborted(self, request):
        if request.run is None:
            self.waiting.remove(request)
            self.served += 1
            request.connection.finish(request, 0)
        else:
            self._stop(request.run)

    def left(self, request):
        if request in self.waiting:
            self.waiting.remove(request)
        elif request.run is not None and request.run.pid in self.runs:
            self._stop(request.run)

    def _stop(self, run):
        run.signal(signal.SIGTERM)
        run.deadline = now() + GRACE_SECONDS

    def pause(self):
        deadlines = [run.deadline for run in self.runs.values() if run.deadline is not None]
        return max(0, min(deadlines) - now()) if deadlines else super().pause()

    def look_at_clock(self):
        for run in self.runs.values():
            if run.stdout is None and run.status is None:
                self.end_stdout(run)
        for run in [one for one in self.runs.values() if one.deadline is not None and one.deadline <= now()]:
            if run.status is None:
                run.signal(signal.SIGKILL)
                run.deadline = None
            elif run.request.connection.is_open and len(run.request.connection.output) >= HELD_BYTES:
                run.deadline = now() + HELD_SECONDS  # unread output is not the script's fault
            else:
                for name in ("stdout", "stderr"):
                    if getattr(run, name) is not None:
                        self.close(run, name)
                self.settle(run)


# Files without a name: descriptors 0, 1 and 2 of a script in a persistent process.
import fcntl
import os
import tempfile
from os import close, dup, dup2, fstat, lseek, pipe, pread, set_blocking, write

F_SETPIPE_SZ = getattr(fcntl, "F_SETPIPE_SZ", 1031)
SMALLEST_PIPE = 1 << 12
APPEND = os.O_APPEND
_memfd_create = getattr(os, "memfd_create", None)
_set_flags, F_SETFL = fcntl.fcntl, fcntl.F_SETFL
IN_MEMORY = 1 << 24  # larger bodies lie in a file


def memory_file(data=b""):
    """With its position at the start; without data every write appends, as to a pipe."""
    if _memfd_create and len(data) < IN_MEMORY:
        descriptor = _memfd_create("cgi")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = dup(file.fileno())
    if not data:
        _set_flags(descriptor, F_SETFL, APPEND)
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


class Spool:
    """What reaches descriptor 1 or 2 itself: from subprocesses, os.write, /dev/stdout."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.file = -1
        self.identity = None
        self.taken = 0

    def prepare(self):
        """A new file when the old was written: a process left from an earlier request may still hold that."""
        if self.file < 0 or self.taken or fstat(self.file).st_size:
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

    def take(self):
        """What came since the last time."""
        size = fstat(self.file).st_size
        if size <= self.taken:
            return b""
        data = pread(self.file, size - self.taken, self.taken)
        self.taken += len(data)
        return data


def identity_of(descriptor):
    found = fstat(descriptor)
    return found.st_dev, found.st_ino


# Under sys.stdout and sys.stderr of a persistent process: what reached the descriptor itself goes first, so that bytes
# are in CGI's order, then what Python writes. A script that flushes is sent as it goes.
import io
import sys
from os import getpid, write


class RawOutput(io.RawIOBase):
    """`output` is None once it is out of use: what a stream still holds belongs to a request that is over."""

    def __init__(self, output):
        self.output = output
        self.descriptor = output.descriptor
        self.name = NAMES[output.descriptor]
        self.mode = "wb"

    def writable(self):
        return True

    def fileno(self):
        return self.descriptor

    def write(self, data):
        return self.output.write(bytes(data)) if self.output else len(data)


class Output:
    """stdout or stderr of each request. `send` gets bytes; it raises BrokenPipeError when nobody reads."""

    def __init__(self, descriptor, send):
        self.descriptor = descriptor
        self._send = send
        self._spool = Spool(descriptor)
        self._pid = getpid()
        self._raw = self._stream = None
        self._is_last = self._is_muted = False
        self._held = []

    def prepare(self):
        """The same stream for the next request, for what keeps it (handlers of `logging`); a new one if it changed."""
        self._spool.prepare()
        self._is_last = self._is_muted = False
        if self._raw is None or not is_as_made(self._stream, self._raw, self.descriptor):
            self._discard()
            self._raw = RawOutput(self)
            self._stream = text_stream(buffered(self._raw), self.descriptor)

    def begin(self):
        self._spool.begin()
        return self._stream

    def write(self, data):
        if self._is_muted:
            return len(data)
        if getpid() != self._pid or self._spool.is_redirected():
            return write(self.descriptor, data)
        self.drain()
        self._pass(data)
        return len(data)

    def drain(self):
        while not self._is_muted:
            data = self._spool.take()
            if not data:
                return
            self._pass(data)

    def _pass(self, data):
        if self._is_last:
            self._held.append(data)
        else:
            self._send(self, data)

    def descriptors(self):
        return () if self._spool.file < 0 else (self._spool.file,)

    def hold(self):
        """From now on bytes wait for `held`, to be sent with the end of the request."""
        self._is_last = True

    def held(self):
        self.drain()
        data, self._held = b"".join(self._held), []
        return data

    def mute(self):
        """The process of the script has ended itself: what is still buffered is lost, as it would be."""
        self.drain()
        self._is_muted = True
        self._discard()

    def seal(self):
        """What is written from now on, by a thread that the script left, belongs to no request."""
        self.drain()
        self._is_muted = True

    def finish(self):
        """What is left in the stream belongs to this request. What cannot be written must not reach the next."""
        try:
            self._stream and self._stream.flush()
        except Exception:
            self._discard()

    def _discard(self):
        if self._raw is not None:
            self._raw.output = None
        self._raw = self._stream = None


# What would end or cripple a persistent process, and not only the script: it ends the script alone.
import os
import signal
import sys
from _thread import get_ident
from _signal import SIG_DFL, getsignal
from os import close, closerange, fork, getpid, pipe, read, strerror, waitpid, write

DEADLY = {getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS",
          "SIGFPE", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGXCPU")}
_exit, _kill, _execv, _execve = os._exit, os.kill, os.execv, os.execve
EBADF = 9


class Guards:
    """
    `vanished` is called at the moment at which the script's process would end, and gets its status. `others`: functions
    of `os` that are guarded elsewhere.
    """

    def __init__(self, vanished, own_descriptors, others):
        self._pid = getpid()
        self._thread = get_ident()
        self._vanished = vanished
        self._own_descriptors = own_descriptors
        self._functions = {
            "_exit": self._exits, "abort": lambda: self._exits(128 + signal.SIGABRT), "kill": self._kills,
            "execv": lambda path, args: self._becomes(_execv, path, args),
            "execve": lambda path, args, env: self._becomes(_execve, path, args, env),
            "close": self._closes, "closerange": self._closes_range, **others,
        }

    def set(self):
        """Again before each request: a script may have replaced them."""
        vars(os).update(self._functions)

    def _exits(self, status=0):
        if getpid() != self._pid:
            _exit(status)
        self._vanished(status & 255, get_ident() == self._thread)
        raise Vanish(status & 255)

    def _kills(self, pid, number):
        if pid == getpid() == self._pid:
            if number == signal.SIGKILL or number in DEADLY and getsignal(number) == SIG_DFL:
                self._exits(128 + number)
        _kill(pid, number)

    def _becomes(self, real, *arguments):
        """exec: another process becomes the program, and this one ends the script with its status."""
        if getpid() != self._pid:
            real(*arguments)
        reads, writes = pipe()
        pid = fork()
        if pid == 0:
            try:
                real(*arguments)
            except OSError as error:
                write(writes, b"%d %d" % (error.errno or 0, error.filename is not None))
            finally:
                _exit(127)
        close(writes)
        failure = read(reads, 16)  # empty: exec has closed the other end
        close(reads)
        wait_status = waitpid(pid, 0)[1]
        if failure:
            number, named = map(int, failure.split())
            raise OSError(number, strerror(number), *arguments[:named])
        self._exits(128 + (wait_status & 127) if wait_status & 127 else wait_status >> 8)

    def _closes(self, fd):
        if getpid() == self._pid and fd in self._own_descriptors():
            raise OSError(EBADF, strerror(EBADF))
        close(fd)

    def _closes_range(self, fd_low, fd_high, /):
        if getpid() == self._pid:
            for own in sorted(one for one in self._own_descriptors() if fd_low <= one < fd_high):
                closerange(fd_low, own)
                fd_low = own + 1
        closerange(fd_low, fd_high)


# What Python does at the end of a process, for a script that ends while the process goes on.
import atexit
import sys
from _thread import get_ident
from os import WNOHANG, waitpid

_register, _clear, _run_exitfuncs = atexit.register, atexit._clear, atexit._run_exitfuncs


class Endings:
    """Functions of `atexit`: the script's own run at its end, those of modules that stay at the end of the process."""

    def __init__(self, folder):
        self._folder = folder + "/"
        self._of_modules = []
        atexit.register = self._registers

    def _registers(self, func, *args, **kwargs):
        caller = sys._getframe(1).f_globals
        file = caller.get("__file__")
        if caller.get("__name__") == "__main__" or type(file) is str and file.startswith(self._folder):
            return _register(func, *args, **kwargs)
        self._of_modules.append((func, args, kwargs))
        return func

    def begin(self):
        _clear()
        atexit.register = self._registers

    def run(self):
        _run_exitfuncs()

    def leave(self):
        """The process ends, and with it the modules."""
        _clear()
        for func, args, kwargs in self._of_modules:
            _register(func, *args, **kwargs)
        _run_exitfuncs()


def join_threads(before):
    """Waits for the script's threads, as Python does; true when one is left that only the end of a process stops."""
    threading = sys.modules.get("threading")
    if threading is None:
        return False
    own = get_ident()
    mine = [one for one in threading.enumerate() if one not in before and one.ident != own]
    for thread in mine:
        if not thread.daemon:
            thread.join()
    return any(thread.is_alive() for thread in mine)


def living_threads():
    threading = sys.modules.get("threading")
    return set(threading.enumerate()) if threading else set()


def reap():
    """Children that the script did not wait for."""
    try:
        while waitpid(-1, WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


# Handlers that a script adds to a logger would be there twice for its next request, and print twice.
import sys


class LoggingState:
    def __init__(self):
        self._before = None

    def take(self):
        logging = sys.modules.get("logging")
        self._before = {name: settings(logger) for name, logger in loggers(logging)} if logging else {}

    def put_back(self):
        logging = sys.modules.get("logging")
        if logging is None:
            return
        logging.disable(logging.NOTSET)
        for name, logger in loggers(logging):
            was = self._before.get(name) or ([], [], logging.WARNING if name is None else logging.NOTSET, True, False)
            if settings(logger) != was:
                logger.handlers[:], logger.filters[:] = was[0], was[1]
                logger.propagate, logger.disabled = was[3], was[4]
                logger.setLevel(was[2])


def loggers(logging):
    """The root has the name None here."""
    yield None, logging.root
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger):
            yield name, logger


def settings(logger):
    return list(logger.handlers), list(logger.filters), logger.level, logger.propagate, logger.disabled


# What a script may change in its process and the next one must not find: taken before a request, put back after it.
import builtins
import gc
import os
import signal
import sys
import warnings
from _locale import LC_ALL, setlocale
from _signal import ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, SIG_DFL, getsignal, setitimer
from _signal import signal as set_signal
from os import chdir, umask

BUILTINS = vars(builtins)
ENVIRONMENT, BYTES_ENVIRONMENT = os.environ, getattr(os, "environb", None)
SIGNALS = [int(one) for one in signal.Signals if one not in (signal.SIGKILL, signal.SIGSTOP)]
SYS_LISTS = ("path", "argv", "meta_path", "path_hooks", "warnoptions")
SYS_HOOKS = ("excepthook", "displayhook", "unraisablehook", "breakpointhook", "ps1", "ps2", "tracebacklimit",
             "dont_write_bytecode", "stdin", "stdout", "stderr")
ABSENT = object()


class State:
    """`folder`: of the script, its working directory."""

    def __init__(self, folder):
        self._folder = folder
        self._umask = umask(0o22)
        umask(self._umask)
        self._filters_mutated = getattr(warnings, "_filters_mutated", None)
        self._logging = LoggingState()

    def take(self):
        self._builtins = dict(BUILTINS)
        self._signals = [getsignal(number) for number in SIGNALS]
        self._lists = [list(getattr(sys, name)) for name in SYS_LISTS]
        self._hooks = [getattr(sys, name, ABSENT) for name in SYS_HOOKS]
        self._limit = sys.getrecursionlimit()
        self._interval = sys.getswitchinterval()
        self._locale = setlocale(LC_ALL)
        self._filters = list(warnings.filters)
        self._showwarning = warnings.showwarning
        self._collector = gc.isenabled(), gc.get_threshold()
        self._modules = set(sys.modules)
        self._timeout = sys.modules["socket"].getdefaulttimeout()
        self._logging.take()
        if self._filters_mutated:
            self._filters_mutated()  # a warning that was shown is shown to the next request, too
        if "random" in sys.modules:
            sys.modules["random"].seed()  # as a new process begins: with numbers of its own

    def silence(self):
        """What could still call the script."""
        sys.settrace(None)
        sys.setprofile(None)
        self._put_back_signals()

    def put_back(self, drops_modules):
        """Builtins first: everything else may need them."""
        if BUILTINS != self._builtins:
            for name in [one for one in BUILTINS if one not in self._builtins]:
                del BUILTINS[name]
            BUILTINS.update(self._builtins)
        for name, value in zip(SYS_HOOKS, self._hooks):
            if value is not ABSENT:
                setattr(sys, name, value)
            elif hasattr(sys, name):
                delattr(sys, name)
        for name, value in zip(SYS_LISTS, self._lists):
            if getattr(sys, name, None) != value:
                setattr(sys, name, value)
        sys.setrecursionlimit(self._limit)
        sys.setswitchinterval(self._interval)
        os.environ = ENVIRONMENT
        if BYTES_ENVIRONMENT is not None:
            os.environb = BYTES_ENVIRONMENT
        chdir(self._folder)
        umask(self._umask)
        if setlocale(LC_ALL) != self._locale:
            setlocale(LC_ALL, self._locale)
        warnings.filters[:] = self._filters
        warnings.showwarning = self._showwarning
        enabled, threshold = self._collector
        gc.enable() if enabled else gc.disable()
        gc.set_threshold(*threshold)
        sys.modules["socket"].setdefaulttimeout(self._timeout)
        self._logging.put_back()
        if drops_modules:
            self._drop_modules()

    def _put_back_signals(self):
        for timer in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
            setitimer(timer, 0)
        for number, handler in zip(SIGNALS, self._signals):
            if handler is not None and getsignal(number) is not handler:
                set_signal(number, handler)

    def _drop_modules(self):
        """The script's own, which lie in its folder: they are run again, as its imports expect it."""
        folder = self._folder + "/"
        for name in set(sys.modules) - self._modules:
            file = getattr(sys.modules[name], "__file__", None)
            if isinstance(file, str) and file.startswith(folder):
                del sys.modules[name]


# Finding what a script leaves behind: the state of the process as facts, each with a kind, a name and a value that
# can be compared and printed.
import gc
import os
import signal
import sys
import time
import warnings
from _locale import LC_ALL, setlocale
from _signal import ITIMER_REAL, SIG_DFL, SIG_IGN, getitimer, getsignal

PLAIN = (str, bytes, int, float, bool, type(None))
CONTAINERS = (list, dict, set, bytearray)
LONGEST_VALUE = 200


def shown(value):
    """A value as text; None for one that is not there. Never a `repr` of the script's own: it may do anything."""
    if value is ABSENT_FACT:
        return None
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if isinstance(value, tuple):
        return ", ".join(map(str, map(shown, value)))[:LONGEST_VALUE]
    if type(value) in PLAIN:
        return repr(value)[:LONGEST_VALUE]
    if type(value) in CONTAINERS:
        return "%d items" % len(value) if len(value) != 1 else "1 item"
    name = getattr(value, "__qualname__", None)
    return "%s %s" % (type(value).__name__, name) if isinstance(name, str) else type(value).__name__


ABSENT_FACT = object()


def current_umask():
    mask = os.umask(0o22)
    os.umask(mask)
    return "%03o" % mask


def working_directory():
    try:
        return os.getcwd()
    except OSError:
        return "(removed)"


def handler_of(number):
    handler = getsignal(number)
    return {SIG_DFL: "SIG_DFL", SIG_IGN: "SIG_IGN"}.get(handler) or shown(handler)


def signal_name(number):
    return getattr(number, "name", None) or str(number)


def locale_of_process():
    """The locale of most categories, and the categories with another."""
    of_categories = dict(one.partition("=")[::2] for one in setlocale(LC_ALL).split(";"))
    values = list(of_categories.values())
    most = max(values, key=values.count) if values != [""] else "".join(of_categories)
    return ", ".join([most] + ["%s=%s" % one for one in of_categories.items() if one[1] not in ("", most)])


def of_module(module, function, *arguments):
    """Of a module that may not be loaded: finding out must not load it."""
    found = sys.modules.get(module)
    return getattr(found, function)(*arguments) if hasattr(found, function) else ABSENT_FACT


def fixed_readers():
    """What every process has: (kind, name) -> function."""
    import resource
    readers = {
        ("directory", ""): working_directory,
        ("umask", ""): current_umask,
        ("locale", ""): locale_of_process,
        ("time-zone", ""): lambda: "/".join(dict.fromkeys(time.tzname)),
        ("search-path", "sys.path"): lambda: tuple(map(str, sys.path)),
        ("search-path", "sys.meta_path"): lambda: tuple(map(shown, sys.meta_path)),
        ("search-path", "sys.path_hooks"): lambda: tuple(map(shown, sys.path_hooks)),
        ("timer", "ITIMER_REAL"): lambda: "set" if getitimer(ITIMER_REAL)[0] else "not set",
        ("blocked-signals", ""): lambda: tuple(sorted(map(signal_name, signal.pthread_sigmask(signal.SIG_BLOCK, ())))),
        ("priority", ""): lambda: str(os.getpriority(os.PRIO_PROCESS, 0)),
        ("user", ""): lambda: "%d:%d" % (os.geteuid(), os.getegid()),
        ("setting", "sys.setrecursionlimit"): sys.getrecursionlimit,
        ("setting", "sys.setswitchinterval"): sys.getswitchinterval,
        ("setting", "sys.setprofile"): lambda: shown(sys.getprofile()),
        ("setting", "gc.enable"): gc.isenabled,
        ("setting", "gc.set_threshold"): lambda: shown(gc.get_threshold()),
        ("setting", "warnings.filters"): lambda: tuple(" ".join(map(str, one)) for one in warnings.filters),
        ("setting", "sys.set_int_max_str_digits"): lambda: of_module("sys", "get_int_max_str_digits"),
        ("setting", "socket.setdefaulttimeout"): lambda: of_module("socket", "getdefaulttimeout"),
        ("setting", "csv.field_size_limit"): lambda: of_module("csv", "field_size_limit"),
        ("setting", "csv.register_dialect"): lambda: of_module("csv", "list_dialects") and tuple(sorted(
            sys.modules["csv"].list_dialects())) if "csv" in sys.modules else ABSENT_FACT,
    }
    for number in SIGNALS:
        readers["signal", signal.Signals(number).name] = lambda number=number: handler_of(number)
    for name in (one for one in dir(resource) if one.startswith("RLIMIT_")):
        readers["limit", name] = lambda limit=getattr(resource, name): shown(resource.getrlimit(limit))
    return readers


# Finding what a script leaves behind: what there may be more or less of after a request.
import os
import sys

DESCRIPTORS = "/proc/self/fd"


def open_files(own):
    """Descriptor -> what it leads to, without the agent's own and the streams."""
    found = {}
    for name in os.listdir(DESCRIPTORS) if os.path.isdir(DESCRIPTORS) else ():
        if int(name) > 2 and int(name) not in own:
            try:
                found[name] = os.readlink("%s/%s" % (DESCRIPTORS, name))
            except OSError:
                pass  # that of the list itself
    return found


def living_children():
    """Process ids, without those that have ended."""
    found = {}
    try:
        with open("/proc/self/task/%d/children" % os.getpid(), "rb") as file:
            for pid in file.read().decode().split():
                with open("/proc/%s/stat" % pid, "rb") as stat:
                    name, _, state = stat.read().decode("latin-1").partition("(")[2].rpartition(")")
                if state.split()[0] != "Z":
                    found[pid] = name
    except OSError:
        pass  # another system, or one has just ended
    return found


def thread_facts():
    threads = sys.modules["threading"].enumerate() if "threading" in sys.modules else ()
    return {("thread", "%s\0%s" % (one.ident, one.name)): one.name for one in threads}


def moving_facts(own):
    """What there may be more or less of."""
    facts = {("environment", os.fsdecode(name)): os.fsdecode(value) for name, value in VARIABLES.items()}
    facts.update({("file", "%s\0%s" % one): one[1] for one in open_files(own).items()})
    facts.update({("child", "%s\0%s" % one): one[1] for one in living_children().items()})
    facts.update(thread_facts())
    for name, logger in loggers(sys.modules["logging"]) if "logging" in sys.modules else ():
        handlers, filters, level, propagates, disabled = settings(logger)
        value = "level %s, %d handlers, %d filters" % (level, len(handlers), len(filters))
        facts["logging", name or "root"] = value + ("" if propagates else ", does not propagate") + (
            ", disabled" if disabled else "")
    return facts


# Finding what a script leaves behind: attributes of the modules that stay, and of their classes, with what their lists,
# dictionaries and sets contain.
import sys
from types import ModuleType

# The agent sets these anew for each request, or Python does.
OF_THE_AGENT = {
    "os": {"_exit", "abort", "kill", "execv", "execve", "close", "closerange", "environ", "environb"},
    "sys": {"stdin", "__stdin__", "__stdout__", "__stderr__", "modules", "path", "argv", "warnoptions", "meta_path",
            "path_hooks", "path_importer_cache", "last_type", "last_value", "last_traceback", "last_exc"},
    "posix": {"environ"}, "atexit": {"register"}, "builtins": {"_"}, "gc": {"garbage"},
    "time": {"tzname", "timezone", "altzone", "daylight"}, "warnings": {"filters", "onceregistry"},
}
# What a library keeps for itself under a public name.
CACHES = {"linecache.cache", "mimetypes.inited", "tempfile.tempdir", "zipimport.zipimporter"}
NEVER = {"__warningregistry__", "__builtins__", "__dict__", "__weakref__", "__doc__", "__annotations__", "__cached__"}
LARGEST_COPY = 10000  # items


def copied(value):
    return value.copy() if type(value) in CONTAINERS and len(value) <= LARGEST_COPY else None


class LibraryFacts:
    """`skips`: modules that are not examined, by their objects."""

    def __init__(self, skips):
        self.owners = {}
        for name, module in list(sys.modules.items()):
            if isinstance(module, ModuleType) and module not in skips and name != "__main__":
                self._add(name, module)
        self.modules = {name: module for name, module in sys.modules.items() if name != "__main__"}

    def _add(self, name, module):
        names = vars(module)
        values = dict(names)
        self.owners[name] = names, values, {key: copied(value) for key, value in values.items()
                                            if type(value) in CONTAINERS and value is not names}
        for key, value in values.items():
            if isinstance(value, type) and getattr(value, "__module__", None) == name:
                of_class = dict(vars(value))
                self.owners["%s.%s" % (name, key)] = value, of_class, {
                    one: copied(inner) for one, inner in of_class.items() if type(inner) in CONTAINERS}

    def differences(self):
        """(kind, name, before, after) of each attribute that is another now. Values as text."""
        for owner, (live, before, contents) in self.owners.items():
            now = live if isinstance(live, dict) else vars(live)
            ignored = OF_THE_AGENT.get(owner, ())
            for key in [*before, *[one for one in list(now) if one not in before]]:
                if not isinstance(key, str) or key in NEVER or key in ignored:
                    continue
                was, is_now = before.get(key, ABSENT_FACT), now.get(key, ABSENT_FACT)
                name = "%s.%s" % (owner, key)
                if was is not is_now:
                    if type(was) in PLAIN and type(was) is type(is_now) and was == is_now:
                        continue
                    if isinstance(is_now, ModuleType) and was is ABSENT_FACT:
                        continue  # a package knows the modules in it that are loaded
                    yield "attribute", name, shown(was), shown(is_now)
                elif contents.get(key) is not None and not is_same(contents[key], was):
                    kind = "growth" if len(was) > len(contents[key]) else "content"
                    yield kind, name, shown(contents[key]), shown(was)
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                yield "module", name, "loaded", "another" if name in sys.modules else None


def is_same(before, now):
    """Item by item: equality would run code of the items."""
    if len(before) != len(now):
        return False
    if isinstance(now, dict):
        return all(key in before and before[key] is value for key, value in now.items())
    if isinstance(now, list):
        return all(one is other for one, other in zip(before, now))
    return set(map(id, before)) == set(map(id, now)) if isinstance(now, set) else before == now


def is_bookkeeping(name):
    """A library's own by its name: what begins with an underscore, and known caches."""
    return name in CACHES or any(part.startswith("_") for part in name.split(".")[1:])


def attribute_reader(name):
    """A function for the state of the attribute now: its identity and how much is in it. None if it has no owner."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        owner = sys.modules.get(".".join(parts[:end]))
        if owner is None:
            continue
        for part in parts[end:-1]:
            owner = vars(owner).get(part) if hasattr(owner, "__dict__") else None
        if not hasattr(owner, "__dict__"):
            return None

        def read(owner=owner, key=parts[-1]):
            value = vars(owner).get(key, ABSENT_FACT)
            if type(value) not in CONTAINERS:
                return id(value)
            items = value.values() if isinstance(value, dict) else value
            return id(value), len(value), tuple(map(id, items)) if len(value) <= 64 else None

        return read
    return None


# Finding what a script leaves behind: the line that changed it. Known facts are compared after each line of the script,
# and where it calls a library, which tells its own doing from the library's.
import sys

MOST_COMPARISONS = 2000000  # of single facts; then the script runs on unwatched
MOST_WATCHED = 200


class LineWatch:
    """`keys`: (kind, name) of the facts. `main` has the script's global variables."""

    def __init__(self, keys, main, own_descriptors):
        fixed = fixed_readers()
        self.changed_by = {}
        self._readers = {}
        for kind, name in sorted(keys)[:MOST_WATCHED]:
            reader = fixed.get((kind, name))
            if kind == "environment":
                reader = lambda name=name.encode("utf-8", "surrogateescape"): VARIABLES.get(name)
            elif kind == "file":
                name, reader = "", lambda: tuple(sorted(open_files(own_descriptors()).items()))
            elif kind == "child":
                name, reader = "", lambda: tuple(sorted(living_children()))
            elif kind == "thread":
                name, reader = "", lambda: of_module("threading", "active_count")
            elif kind == "global":
                reader = lambda name=name: global_state(vars(main).get(name))
            elif kind in ("attribute", "growth", "content"):
                kind, reader = "attribute", attribute_reader(name)
            if reader is not None:
                self._readers[kind, name] = reader
        self._values = {key: read() for key, read in self._readers.items()}
        self._left = MOST_COMPARISONS
        self._place = None
        self._by = "script"

    def line_of(self, kind, name):
        """(file, line, "script" or "library"), or None."""
        kind = "attribute" if kind in ("growth", "content") else kind
        return self.changed_by.get((kind, "" if kind in ("file", "child", "thread") else name))

    def start(self, folder):
        self._folder = folder + "/"
        if self._readers:
            sys.settrace(self._trace)

    def stop(self):
        sys.settrace(None)
        self._compare()

    def _compare(self):
        self._left -= len(self._readers)
        for key, read in self._readers.items():
            value = read()
            if value != self._values[key]:
                self._values[key] = value
                if self._place:
                    self.changed_by[key] = (*self._place, self._by)

    def _trace(self, frame, event, _):
        if self._left < 0:
            sys.settrace(None)
            return None
        caller = frame.f_back
        if not self._is_own(frame):
            if caller is not None and self._is_own(caller):
                self._compare()
                self._by = "library"
            return None
        self._compare()
        self._by = "script"
        if event == "return":
            if caller is not None and self._is_own(caller):
                self._place = caller.f_code.co_filename, caller.f_lineno
        else:
            self._place = frame.f_code.co_filename, frame.f_lineno
        return self._trace

    def _is_own(self, frame):
        return frame.f_code.co_filename.startswith(self._folder)


def global_state(value):
    return id(value), len(value) if hasattr(type(value), "__len__") else None


# Finding what a script leaves behind: earlier reports, the script's source, the process's memory.
import os


def only_in(values, others):
    """None if there is nothing."""
    return ", ".join(str(one) for one in values if one not in others)[:200] or None


def reports_in(file):
    if not os.path.exists(file):
        return []
    import json
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def augmented_names(script):
    """Variables that the script changes by what they were: `n += 1`."""
    import ast
    try:
        with open(script, "rb") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return set()
    return {node.target.id for node in ast.walk(tree)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)}


def resident_bytes():
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None


# Finding what a script leaves behind (--detect=FILE): before and after each request, whose report is a line of JSON in
# that file. What earlier processes reported there is watched line by line, and their modules are loaded first.
import gc
import importlib
import os
import sys

# Kinds whose names begin with a number that only this process knows, and what is said of it.
THIS_PROCESS = {"thread": "running", "file": "descriptor %s", "child": "process %s"}
NEW_LOGGERS = ["level %d, 0 handlers, 0 filters" % level for level in (0, 30)]


class Detector:
    """`own_descriptors`: a function for those of the agent."""

    def __init__(self, file, script, own_descriptors):
        self._file = file
        self._script = script
        self._folder = os.path.dirname(script)
        self._own_descriptors = own_descriptors
        self._readers = fixed_readers()
        importlib.import_module("ast"), importlib.import_module("json")  # before the first snapshot
        self._known = set()
        self._at_start = set(sys.modules)
        self._watch = self._main = self._names = self._before_all = self._before_script = None
        for report in reports_in(file):
            self._known.update((one["kind"], one["name"]) for one in report["kept"] + report["putBack"])
            for name in report["modules"]:
                try:
                    importlib.import_module(name)
                except Exception:
                    continue  # not by its name alone: the script loads it

    def arrive(self):
        """Before the agent prepares anything."""
        self._before_all = self._taken()

    def begin(self, main):
        """Right before the script."""
        self._before_script = self._taken()
        self._main = main
        names = {name: value for name, value in vars(main).items() if name[:2] != "__"}
        self._names = names, {name: copied(value) for name, value in names.items() if type(value) in CONTAINERS}
        self._watch = LineWatch(self._known, main, self._own_descriptors)
        self._watch.start(self._folder)

    def script_ended(self):
        """Its variables are still there, and so is what lives by them."""
        self._watch.stop()
        before = self._before_script[0]
        self._threads = [(key, None, name) for key, name in thread_facts().items() if key not in before]

    def before_putting_back(self):
        self._changed = self._differences(self._before_script)

    def finish(self):
        """After the agent has put back what it can: what differs still is kept."""
        kept = [one for one in self._differences(self._before_all) if one[0][0] != "thread"] + self._threads
        keys = {key for key, *_ in kept}
        kept += self._globals()
        import json
        report = {
            "pid": os.getpid(),
            "kept": [self._fact(*one) for one in kept],
            "putBack": [self._fact(*one) for one in self._changed
                        if one[0] not in keys and one[0][0] not in THIS_PROCESS],
            "modules": [name for name in sys.modules if name not in self._at_start and not self._is_own(name)],
        }
        self._before_all = self._before_script = self._changed = self._names = kept = None
        gc.unfreeze()
        gc.collect()
        report["blocks"] = sys.getallocatedblocks()
        report["residentBytes"] = resident_bytes()
        with open(self._file, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(report) + "\n")

    def _taken(self):
        own = self._own_descriptors()
        facts = {key: read() for key, read in self._readers.items()}
        facts.update(moving_facts(own))
        return facts, LibraryFacts({sys.modules["__main__"]})

    def _differences(self, taken):
        """((kind, name), before, after)."""
        before, libraries = taken
        now = {key: read() for key, read in self._readers.items()}
        now.update(moving_facts(self._own_descriptors()))
        found = []
        for key in [*before, *[one for one in now if one not in before]]:
            was, is_now = before.get(key, ABSENT_FACT), now.get(key, ABSENT_FACT)
            if was == is_now or key[0] in THIS_PROCESS and is_now is ABSENT_FACT:
                continue
            if key[0] == "setting" and was is ABSENT_FACT:
                continue  # with its module
            if key[0] == "logging" and was is ABSENT_FACT and is_now in NEW_LOGGERS:
                continue
            if isinstance(was, tuple) and isinstance(is_now, tuple):
                found.append((key, only_in(was, is_now), only_in(is_now, was)))
            else:
                found.append((key, shown(was), shown(is_now)))
        found += [((kind, name), was, is_now) for kind, name, was, is_now in libraries.differences()]
        return found

    def _globals(self):
        """With --globals=keep: variables that this run has changed and the next one finds so."""
        values, contents = self._names
        augmented = augmented_names(self._script)
        found = []
        for name, was in values.items():
            is_now = vars(self._main).get(name)
            if was is is_now and contents.get(name) is not None and not is_same(contents[name], is_now):
                found.append((("global", name), shown(contents[name]), shown(is_now)))
            elif name in augmented and type(was) in PLAIN and type(is_now) in PLAIN and was != is_now is not None:
                found.append((("global", name), shown(was), shown(is_now)))
        return found

    def _fact(self, key, before, after):
        kind, name = key
        if kind in THIS_PROCESS:
            number, _, name = name.partition("\0")
            name = name.partition(":[")[0]  # of pipes and sockets: the kernel's number says nothing
            after = THIS_PROCESS[kind].replace("%s", number)
        place = self._watch.line_of(kind, name)
        is_attribute = kind in ("attribute", "growth", "content")
        return {
            "kind": kind, "name": name, "before": before, "after": after,
            "file": place and place[0], "line": place and place[1],
            "by": place and place[2], "isBookkeeping": is_attribute and is_bookkeeping(name),
        }

    def _is_own(self, name):
        file = getattr(sys.modules[name], "__file__", None)
        return name == "__main__" or isinstance(file, str) and file.startswith(self._folder + "/")


# Persistent, the streams: a script that runs in this process reads and writes what its request needs.
import gc
import os
import sys
from os import close, dup, dup2
from select import POLLOUT, poll

COLLECT_ALL_EVERY = 64  # requests, at least
COLLECT_ALL_PAUSE = 50  # times what it took the last time: a small part of the time goes into it
_exit = os._exit


class ScriptStreams(EventLoop):
    """One request at a time has descriptors 0, 1 and 2."""

    def __init__(self, listener, options):
        super().__init__(listener, options)
        self.request = None
        self.vanished_status = None
        self._stdout, self._stderr = Output(1, self._send), Output(2, self._send)
        self._stdin = None
        self._collected = 0
        self._collect_at = now()
        self._null = os.open(os.devnull, os.O_RDONLY)
        self._own_errors = dup(2)  # descriptor 2 between requests
        os.register_at_fork(after_in_child=self._close_in_fork)

    def answer(self, request, status):
        errors, output = self._stderr.held(), self._stdout.held()
        self.request = None
        self.served += 1
        if request.connection.is_open:
            last = stream_records(STDERR, request.id, errors) if errors else NO_BYTES
            if output:
                last += stream_records(STDOUT, request.id, output)
            request.has_stdout = request.has_stdout or bool(output)
            request.has_stderr = request.has_stderr or bool(errors)
            request.connection.finish(request, status, last or failure_page(request, status, self.options))
        dup2(self._null, 0)
        dup2(self._own_errors, 1)
        dup2(self._own_errors, 2)

    def prepare_streams(self):
        """Between requests, when nobody waits for it. Descriptor 0 is what a request without a body finds there."""
        self._stdin = standard_stream(0)
        self._stdout.prepare()
        self._stderr.prepare()

    def give_streams(self, request):
        if request.body:
            body = body_descriptor(request.body)
            dup2(body, 0)
            close(body)
            request.body.clear()
            self._stdin = standard_stream(0)
        sys.stdin = sys.__stdin__ = self._stdin
        sys.stdout = sys.__stdout__ = self._stdout.begin()
        sys.stderr = sys.__stderr__ = self._stderr.begin()
        self._stdin = None

    def collect_all(self):
        """What requests have left, and no other request's end finds."""
        if self.served - self._collected < COLLECT_ALL_EVERY or now() < self._collect_at:
            return
        begun = now()
        gc.unfreeze()
        gc.collect()
        self._collected = self.served
        self._collect_at = now() + COLLECT_ALL_PAUSE * (now() - begun)

    def _send(self, output, data):
        """Waits for a slow reader, as a full pipe makes a script wait."""
        request = self.request
        connection = request.connection if request else None
        if connection is None or not connection.is_open:
            raise BrokenPipeError(32, "Broken pipe")
        if output is self._stdout:
            connection.stdout(request, data)
        else:
            connection.stderr(request, data)
        while connection.output:
            waiting = poll()
            waiting.register(connection.descriptor, POLLOUT)
            waiting.poll()
            connection.send(NO_BYTES)
        if not connection.is_open:
            raise BrokenPipeError(32, "Broken pipe")

    def vanishes(self, status, in_main_thread):
        """Nothing that the script still does is seen. From another thread only the end of the process ends it."""
        if self.vanished_status is None:
            self.vanished_status = status
            self._stdout.mute()
            self._stderr.mute()
        if not in_main_thread:
            self.answer(self.request, status)
            _exit(0)

    def own_descriptors(self):
        """Which no script may close: as if they were not there."""
        return {*self._ready, self._null, self._own_errors, *self._stdout.descriptors(), *self._stderr.descriptors()}

    def _close_in_fork(self):
        """A process that the script leaves behind must not hold connections."""
        for descriptor in self._ready:
            try:
                close(descriptor)
            except OSError:
                pass  # closed by the script


# Mode "persistent": the script again and again in this process, one request at a time.
import contextvars
import gc
import os
import sys
from os import getpid
from select import POLLIN, POLLOUT

_exit = os._exit
OWN_STDERR = sys.stderr


class Persistent(ScriptStreams):
    endings = None

    @classmethod
    def prepare(cls, options):
        cls.endings = Endings(os.path.dirname(options.script))

    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        self.script = script
        self._pid = getpid()
        self._must_leave = False
        self._main = None
        self._state = State(os.path.dirname(script.path))
        self._environment = Environment(options)
        self._guards = Guards(self.vanishes, self.own_descriptors, self._environment.functions())
        self._detector = Detector(options.detect, script.path, self.own_descriptors) if options.detect else None
        gc.collect()
        self._prepare()

    def is_worn(self):
        return self._must_leave or super().is_worn()

    def leave(self):
        self.endings.leave()

    def begin(self, request):
        """The script is run when its body is complete."""

    def more_body(self, request):
        if request.body_ended:
            self._run(request)

    def interest(self, connection):
        self.change(connection.descriptor, POLLIN | POLLOUT if connection.output else POLLIN)

    def aborted(self, request):
        """Before its body was complete: the script was not begun."""
        request.connection.finish(request, 0)

    def left(self, request):
        pass  # nothing of it runs, or it gets BrokenPipeError

    def _run(self, request):
        self.request = request
        self.vanished_status = None
        self.script.refresh()
        if self._detector:
            self._detector.arrive()
        threads = living_threads()
        self.give_streams(request)
        self._environment.give(request.params)
        main = self._main if self.options.globals == "keep" and self._main else self.script.main_module()
        self._main = sys.modules["__main__"] = main
        if self._detector:
            self._detector.begin(main)
        status = contextvars.copy_context().run(self._script, main, threads)
        self._end(request, status)

    def _prepare(self):
        """What the next request needs, whatever it is."""
        self.collect_all()
        self._state.take()
        self.prepare_streams()
        self._guards.set()
        self.endings.begin()
        gc.freeze()  # what is collected at the script's end is the script's

    def _script(self, main, threads):
        """In a context of its own, with decimal's. Returns the exit status."""
        try:
            try:
                status = run_main(self.script, main)
            finally:
                if getpid() == self._pid:
                    self._must_leave = join_threads(threads) or self._must_leave
            self.endings.run()
        except Vanish as vanish:
            status = vanish.args[0]
        except BaseException as error:
            status = report(error)
        if getpid() != self._pid:  # a fork of the script's comes to its own end
            status = flush_output() or status
            _exit(status)
        return status

    def _end(self, request, status):
        self._stdout.hold()
        self._stderr.hold()
        if self.vanished_status is not None:
            status = self.vanished_status  # whatever the script did afterwards
        status = flush_output() or status
        if self._detector:
            self._detector.script_ended()
        if self.options.globals == "fresh":
            clear_names(self._main)
            gc.collect()
            flush_output(is_last=True)
        self._stdout.finish()
        self._stderr.finish()
        if self._detector:
            self._stdout.seal()
            self._stderr.seal()
            self._detector.before_putting_back()
        self._tries(self._state.silence)
        if self._detector:
            self._tries(self._put_back)
            self._environment.put_back()
            self._detector.finish()
        self.answer(request, status)
        self._tries(self._make_ready)
        reap()

    def _tries(self, put_back):
        try:
            put_back()
        except Exception:
            sys.stderr = OWN_STDERR
            sys.__excepthook__(*sys.exc_info())
            self._must_leave = True  # the request is answered, and no other finds this process so

    def _make_ready(self):
        """After the response, so that nobody waits for it."""
        self._put_back()
        self._prepare()

    def _put_back(self):
        self._state.put_back(self.options.modules == "drop")


# WSGI, the environ: the variables of the request, and what PEP 3333 adds to them.

HTTPS_VALUES = ("on", "yes", "1")


def wsgi_environ(params, body, errors, is_multiprocess, file_wrapper):
    environ = {name.decode("latin-1"): value.decode("latin-1") for name, value in decode_pairs(params)}
    for name, value in (("REQUEST_METHOD", "GET"), ("SERVER_NAME", "localhost"), ("SERVER_PORT", "80"),
                        ("SERVER_PROTOCOL", "HTTP/1.0"), ("QUERY_STRING", ""), ("SCRIPT_NAME", ""), ("PATH_INFO", "")):
        environ.setdefault(name, value)
    if environ["SCRIPT_NAME"] == "/":  # some servers; the root is the empty name and the path "/"
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = "", environ["PATH_INFO"] or "/"
    for name in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
        environ.pop(name, None)
    environ["wsgi.version"] = (1, 0)
    environ["wsgi.url_scheme"] = scheme_of(environ)
    environ["wsgi.input"] = body
    environ["wsgi.input_terminated"] = True  # reading it ends where the body ends, with and without a length
    environ["wsgi.errors"] = errors
    environ["wsgi.multithread"] = False
    environ["wsgi.multiprocess"] = is_multiprocess
    environ["wsgi.run_once"] = False
    environ["wsgi.file_wrapper"] = file_wrapper
    return environ


def scheme_of(environ):
    is_https = environ.get("HTTPS", "").lower() in HTTPS_VALUES or environ.get("REQUEST_SCHEME") == "https"
    return "https" if is_https else "http"


# WSGI, the response: start_response and write (PEP 3333), as a CGI response.

NO_LENGTH = ("1", "204", "304")  # begins of statuses whose responses have no body


class WsgiResponse:
    """`send` gets bytes, and returns when the other side has them. `rest` goes with the end of the request."""

    def __init__(self, environ, send):
        self._environ = environ
        self._send = send
        self._status = self._headers = None
        self.is_sent = False
        self.rest = b""

    def start(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.is_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # or the traceback would hold this frame
        elif self._status is not None:
            raise AssertionError("start_response was called a second time, without exc_info")
        self._status, self._headers = checked_status(status), checked_headers(headers)
        return self.write

    def write(self, data):
        """Sent before it returns: an application may wait long before its next part."""
        if not isinstance(data, bytes):
            raise TypeError("a response body consists of bytes, not %s" % type(data).__name__)
        if not self.is_sent:
            self._must_have_begun()
        if data:
            head = b"" if self.is_sent else self._head(None)
            self.is_sent = True
            self._send(head + data)

    def whole(self, parts):
        """All that the application gives."""
        data = b"".join(parts)
        if self.is_sent:
            self.rest = data
        else:
            self._must_have_begun()
            self.rest = self._head(len(data)) + data
            self.is_sent = True

    def _must_have_begun(self):
        if self._status is None:
            raise AssertionError("the application did not call start_response before its response body")

    def _head(self, length):
        lines = ["Status: " + self._status]
        lines += [name + ": " + value for name, value in self._headers]
        if length is not None and self._wants_length():
            lines.append("Content-Length: %d" % length)
        return "\r\n".join(lines + ["", ""]).encode("latin-1")

    def _wants_length(self):
        return (self._environ["REQUEST_METHOD"] != "HEAD" and not self._status.startswith(NO_LENGTH)
                and all(name.lower() not in ("content-length", "transfer-encoding") for name, _ in self._headers))


def checked_status(status):
    must_be_text("the status", status)
    if not (status[:3].isdigit() and len(status) > 3 and status[3] == " "):
        raise ValueError("the status is three digits, a space and a reason, not %r" % status)
    return status


def checked_headers(headers):
    if not isinstance(headers, list):
        raise TypeError("the headers are a list, not %s" % type(headers).__name__)
    for name, value in headers:
        must_be_text("the name of a header", name)
        must_be_text("the value of %s" % name, value)
        if not name or name.lower() == "status" or any(one in name for one in ": \t"):
            raise ValueError("%r is not the name of a response header" % name)
    return list(headers)


def must_be_text(what, text):
    if not isinstance(text, str):
        raise TypeError("%s is a str, not %s" % (what, type(text).__name__))
    if any(one in text for one in "\r\n\0"):
        raise ValueError("%s holds a line end: %r" % (what, text))
    text.encode("latin-1")


# WSGI, the streams: `wsgi.input` reads from the connection what the application asks for; `wsgi.errors`, sys.stderr and
# sys.stdout become records of the request that runs.
import io


class BodyStream(io.RawIOBase):
    """`wait(request)` returns when more of the body has come, or its end."""

    def __init__(self, request, wait):
        self._request = request
        self._wait = wait

    def readable(self):
        return True

    def readinto(self, buffer):
        request = self._request
        while not request.body and not request.body_ended:
            self._wait(request)
        count = min(len(buffer), len(request.body))
        buffer[:count] = request.body[:count]
        del request.body[:count]
        return count


class ErrorStream(io.RawIOBase):
    """`write_error` gets bytes. Programs that the application starts write to the descriptor itself."""

    def __init__(self, descriptor, write_error):
        self._descriptor = descriptor
        self._write_error = write_error
        self.name = "<stdout>" if descriptor == 1 else "<stderr>"
        self.mode = "wb"

    def writable(self):
        return True

    def fileno(self):
        return self._descriptor

    def write(self, data):
        data = bytes(data)
        self._write_error(data)
        return len(data)

    def close(self):
        """The next request writes there, too."""


def error_stream(descriptor, write_error):
    raw = ErrorStream(descriptor, write_error)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True)


# The file of an application: loaded as a module at its first request, and again when it has changed.
import sys

APPLICATION_NAMES = ("application", "app")
NO_APPLICATION = 78  # EX_CONFIG of sysexits.h: the status of a request to a file without an application
NO_APPLICATION_TEXT = (
    "%s has no application: it defines no callable named \"application\" or \"app\" (PEP 3333)%s. "
    "Define one, or run the file as CGI.\n")


class NoApplication(Exception):
    """The file is not one of an application. Its cause, if it has one, is what ended the file early."""


class ApplicationFile:
    def __init__(self, script):
        self._script = script
        self._application = None

    def application(self):
        """@raises NoApplication, or what the file raises while it is loaded; then the next request tries again"""
        if self._script.refresh():
            self._application = None
        if self._application is None:
            self._application = self._load()
        return self._application

    def _load(self):
        code = self._script.code()
        module = self._module()
        names = vars(module)
        try:
            exec(code, names)
        except BaseException as error:
            del sys.modules[module.__name__]
            if isinstance(error, SystemExit) or not set(APPLICATION_NAMES).intersection(code.co_names):
                raise NoApplication(self._text(", and %s ended it" % type(error).__name__)) from error
            raise
        for name in APPLICATION_NAMES:
            if callable(names.get(name)):
                return names[name]
        del sys.modules[module.__name__]
        raise NoApplication(self._text(""))

    def _module(self):
        """Not `__main__`: there, a file may start a server of its own."""
        from importlib.util import module_from_spec, spec_from_file_location
        path = self._script.path
        name = path.rpartition("/")[2].partition(".")[0]
        known = sys.modules.get(name)
        if not name.isidentifier() or (known is not None and getattr(known, "__file__", None) != path):
            name = "_application"
        module = module_from_spec(spec_from_file_location(name, path, loader=SOURCE_LOADER(name, path)))
        module.__builtins__ = sys.modules["builtins"]
        sys.modules[name] = module
        return module

    def _text(self, why):
        return NO_APPLICATION_TEXT % (self._script.path, why)


# WSGI, the connection of the request that runs: while the application has the process, this alone is read and written.
import os
import sys
from _thread import RLock
from os import getpid
from select import POLLIN, POLLOUT, poll

MOST_BODY = 1 << 24  # so much of a body is held while a response waits for its reader


class WsgiChannel(EventLoop):
    def __init__(self, listener, options):
        super().__init__(listener, options)
        self.pid = getpid()
        self.lock = RLock()  # threads of the application write errors
        self.running = None
        self.is_aborted = False
        os.dup2(2, 1)
        sys.stdout = sys.__stdout__ = error_stream(1, self.write_error)
        sys.stderr = sys.__stderr__ = self.errors = error_stream(2, self.write_error)
        os.register_at_fork(after_in_child=self._close_in_fork)

    def is_gone(self):
        return self.is_aborted or self.running is None or not self.running.connection.is_open

    def send_output(self, data):
        """Returns when the other side has it: a slow reader makes the application wait."""
        request = self.running
        with self.lock:
            if not self.is_gone():
                request.connection.stdout(request, data)
            while not self.is_gone() and request.connection.output:
                self._turn(request, POLLOUT | (0 if len(request.body) > MOST_BODY else POLLIN))
        if self.is_gone():
            raise BrokenPipeError(32, "the client has gone")

    def wait_for_body(self, request):
        if request is self.running and not self.is_gone():
            self._turn(request, POLLIN)
        if request is not self.running or self.is_gone():
            raise ConnectionResetError(104, "the client has gone before the end of the request body")

    def _turn(self, request, events):
        connection = request.connection
        waiting = poll()
        waiting.register(connection.descriptor, events)
        for _, event in waiting.poll():
            if event & POLLOUT:
                connection.send(NO_BYTES)
            if event & ~POLLOUT and connection.is_open:
                connection.read()

    def write_error(self, data):
        with self.lock:
            request = self.running
            if request is None or getpid() != self.pid or not request.connection.is_open:
                os.write(2, data)
            else:
                request.connection.stderr(request, data)

    def flush_errors(self):
        for stream in (sys.stdout, self.errors):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass  # the application closed it, or put something else in its place

    def _close_in_fork(self):
        """A process that the application starts must not hold connections."""
        for descriptor in self._ready:
            try:
                os.close(descriptor)
            except OSError:
                pass  # closed already


# Mode "wsgi": the file's application, called in this process for one request at a time (PEP 3333).
import atexit
import io
import os
from os import getpid

_exit = os._exit


class Wsgi(WsgiChannel):
    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        from traceback import format_exception
        from wsgiref.util import FileWrapper
        self._format_exception, self._file_wrapper = format_exception, FileWrapper
        self._file = ApplicationFile(script)
        self._is_multiprocess = not options.listen or options.workers > 1  # by itself it cannot know of others
        self._pending = []

    def leave(self):
        atexit._run_exitfuncs()

    def begin(self, request):
        """Called while records are being read: the application is called after that."""
        self._pending.append(request)

    def more_body(self, request):
        """The application reads it when it wants to."""

    def aborted(self, request):
        if request is self.running:
            self.is_aborted = True
        elif request in self._pending:
            self._pending.remove(request)
            request.connection.finish(request, 0)

    def left(self, request):
        if request in self._pending:
            self._pending.remove(request)

    def look_at_clock(self):
        while self._pending:
            self._serve(self._pending.pop(0))

    def _serve(self, request):
        self.running, self.is_aborted = request, False
        body = io.BufferedReader(BodyStream(request, self.wait_for_body))
        environ = wsgi_environ(request.params, body, self.errors, self._is_multiprocess, self._file_wrapper)
        response = WsgiResponse(environ, self.send_output)
        status = self._call(environ, response)
        if getpid() != self.pid:
            _exit(status)  # a fork of the application's that came back to here
        self.flush_errors()
        with self.lock:
            self.running = None
            self._finish(request, response, status)

    def _call(self, environ, response):
        """The exit status that a script's process would have: not 0 when it failed."""
        try:
            result = self._file.application()(environ, response.start)
            try:
                if type(result) in (list, tuple):
                    response.whole(result)
                else:
                    for part in result:
                        response.write(part)
                    response.whole(())
            finally:
                close = getattr(result, "close", None)
                if close:
                    close()
        except NoApplication as error:
            if error.__cause__ is not None:
                self._report(error.__cause__)
            self.write_error(error.args[0].encode("utf-8", "backslashreplace"))
            return NO_APPLICATION
        except BaseException as error:
            if not (isinstance(error, ConnectionError) and self.is_gone()):
                self._report(error)
                return 1
        return 0

    def _report(self, error):
        """With the frames from the application's own on."""
        without_agent(error)
        lines = self._format_exception(type(error), error, error.__traceback__)
        self.write_error("".join(lines).encode("utf-8", "backslashreplace"))

    def _finish(self, request, response, status):
        self.served += 1
        if not request.connection.is_open:
            return
        if response.rest and status == 0:
            request.has_stdout = True
            last = stream_records(STDOUT, request.id, response.rest)
        else:
            last = failure_page(request, status, self.options)
        request.connection.finish(request, status, last)


# With --listen: the process that opened the socket, and replaces workers that end.
import os
import signal
import socket
import sys
import time

BACKLOG = 1024
_exit = os._exit
END_SECONDS = 1  # a prefork worker needs so long at most to end its children
SHORT_LIFE_SECONDS, PAUSE_SECONDS = 1, 0.2  # workers that die at once are not replaced in a hurry


def open_listener(address):
    kind, _, where = address.partition(":")
    if kind == "unix":
        try:
            os.unlink(where)
        except FileNotFoundError:
            pass
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(where)
        listener.listen(BACKLOG)
        return listener
    host, _, port = where.rpartition(":")
    if kind != "tcp" or not port.isdigit():
        print("--listen is unix:PATH or tcp:HOST:PORT.", file=sys.stderr)
        sys.exit(2)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host.strip("[]"), int(port)), family=family, backlog=BACKLOG)


class Master:
    def __init__(self, options, work):
        self._options = options
        self._work = work
        self._started = {}
        self._end_signal = signal.SIGTERM if options.mode == "prefork" else signal.SIGKILL

    def run(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._terminated)
        while True:
            while len(self._started) < max(1, self._options.workers):
                self._start()
            pid, wait_status = os.waitpid(-1, 0)
            started = self._started.pop(pid, None)
            if started and wait_status and time.monotonic() - started < SHORT_LIFE_SECONDS:
                time.sleep(PAUSE_SECONDS)

    def _start(self):
        """TERM waits until the new process is known, or has its own way with it."""
        signals = (signal.SIGTERM, signal.SIGINT)
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._started.clear()
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
                end_with_parent(parent, self._end_signal)
                self._work()
            except BaseException:
                sys.__excepthook__(*sys.exc_info())
            finally:
                _exit(70)
        self._started[pid] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)

    def _terminated(self, *_):
        for pid in self._started:
            try:
                os.kill(pid, self._end_signal)
            except ProcessLookupError:
                pass  # it has ended, and is just being reaped
        kind, _, where = self._options.listen.partition(":")
        if kind == "unix":
            try:
                os.unlink(where)
            except OSError:
                pass  # somebody removed it
        until = time.monotonic() + END_SECONDS
        while self._started and time.monotonic() < until:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            self._started.pop(pid, None)
            if pid == 0:
                time.sleep(0.005)
        for pid in self._started:
            os.kill(pid, signal.SIGKILL)
        _exit(0)


# The command line of the agent.
import os
import sys

DEFAULTS = {
    "mode": "prefork", "listen": "", "workers": 1, "preload": "", "recycle": 0, "grow": 256, "spare": 1, "children": 0,
    "modules": "drop", "globals": "fresh", "detect": "", "words": "pass", "error500": False,
}
CHOICES = {"mode": ("prefork", "persistent", "wsgi"), "modules": ("drop", "keep"), "globals": ("fresh", "keep"),
           "words": ("pass", "ignore")}


class Options:
    """@throws ValueError with what is wrong."""

    def __init__(self, arguments):
        vars(self).update(DEFAULTS)
        rest = list(arguments)
        while rest and rest[0].startswith("--"):
            name, equals, text = rest.pop(0)[2:].partition("=")
            if name not in DEFAULTS:
                raise ValueError("There is no option --%s." % name)
            setattr(self, name, value_of(name, text if equals else None))
        if len(rest) != 1:
            raise ValueError("Name one script.")
        self.script = os.path.abspath(rest[0])
        self.children = self.children or (16 if self.listen else 1)


def value_of(name, text):
    default = DEFAULTS[name]
    if isinstance(default, bool):
        if text is not None:
            raise ValueError("--%s takes no value." % name)
        return True
    if text is None:
        raise ValueError("--%s needs a value: --%s=..." % (name, name))
    if isinstance(default, int):
        if not text.isdigit():
            raise ValueError("--%s needs a number, not \"%s\"." % (name, text))
        return int(text)
    if text not in CHOICES.get(name, (text,)):
        raise ValueError("--%s is one of %s." % (name, ", ".join(CHOICES[name])))
    return text


def read_options():
    try:
        return Options(sys.argv[1:])
    except ValueError as error:
        print("%s\n\n%s" % (error, __doc__), file=sys.stderr)
        sys.exit(2)


# The start: options, the listening socket, the modules to preload; then a worker, or a master with its workers.
import importlib
import os
import socket
import sys

WORKERS = {"prefork": Prefork, "persistent": Persistent, "wsgi": Wsgi}
_exit = os._exit  # the persistent mode puts another in its place, for scripts
AGENT = sys.modules["__main__"]  # kept: the script gets a module `__main__` of its own


def start():
    options = read_options()
    listener = open_listener(options.listen) if options.listen else inherited_listener()
    os.chdir(os.path.dirname(options.script))
    sys.path[0] = os.path.dirname(options.script)
    sys.argv[:] = [options.script]
    mode = WORKERS[options.mode]
    mode.prepare(options)
    for name in filter(None, options.preload.split(",")):
        try:
            importlib.import_module(name)
        except Exception as error:  # the script imports it itself, and says so if it cannot
            print("%s cannot be preloaded: %s: %s" % (name, type(error).__name__, error), file=sys.stderr)
    script = Script(options.script)

    def work():
        worker = mode(listener, script, options)
        worker.run()
        worker.leave()
        _exit(0)

    if options.listen:
        Master(options, work).run()
    else:
        work()


def inherited_listener():
    """Descriptor 0, out of the way of a script's standard input."""
    try:
        listener = socket.socket(fileno=os.dup(0))
        listening = listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except (OSError, AttributeError) as error:
        listening = isinstance(error, AttributeError)
    if not listening:
        print("Descriptor 0 is not a listening socket. Use --listen=unix:PATH or --listen=tcp:HOST:PORT.",
              file=sys.stderr)
        sys.exit(2)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return listener


# Through a frame with other globals: Python 3.8 and 3.9 take a caller's builtins when it has the same.
exec("start()", {"start": start})
