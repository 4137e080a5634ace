# Finds the line that writes one byte of stdout or stderr. What the script prints is counted on its way into the stream,
# so that the script stops at the line that prints, and not where a buffer is emptied.
import codecs
import io
import os
import sys

import _thread
from _weakref import ref

from frames import follow_lines, raised_at, stack_of
from segments import Left, Segments, alike, size_of

waiting = ("system", "waitpid", "wait", "wait3", "wait4", "waitid")
starting = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.fork", "os.forkpty")


class Origin:
    def __init__(self, tracer):
        self.tracer = tracer
        self.offset = None  # None: nothing is looked for, or no longer
        self.expected = b""  # how the stream goes on there, as far as that is known
        self.descriptor = 1
        self.arrived = 0  # bytes that have left the process
        self.buffer = Segments()
        self.text = Segments()  # what the buffer has not got yet
        self.adopted = []  # the streams that are counted
        self.inside = set()  # threads within a layer that is counted already
        self.found = None  # where the script has stopped at
        self.child = None  # where the last child process was started that may still write
        self.children = 0
        self.traceback = None  # where the uncaught exception was raised that is being printed
        # Before Python 3.8 nothing tells that a child process, which may write, is started.
        self.asks = not hasattr(sys, "addaudithook")

    def begin(self, stream, offset, expected):
        self.descriptor = 2 if stream == "stderr" else 1
        self.offset = int(offset)
        self.expected = bytes.fromhex(expected)
        self.adopt(sys.stderr if self.descriptor == 2 else sys.stdout)
        self.let_go_at_end()
        os.write = self.passing(os.write, self.writes)
        for name in waiting:
            setattr(os, name, self.passing(getattr(os, name), None, self.waited))
        if not self.asks:
            sys.addaudithook(self.audited)
        adopt = self.adopt

        class Module(type(sys)):
            def __setattr__(self, name, value):
                if name in ("stdout", "stderr"):
                    adopt(value)
                super().__setattr__(name, value)

        sys.__class__ = Module

    def let_go_at_end(self):
        """After the script's own handlers, and before its objects go: what is in the buffers is written then."""
        import atexit

        def at_end():
            streams = [stream for stream in [adopted() for adopted in self.adopted] if stream is not None]
            for stream in streams if self.offset is not None else []:
                try:
                    stream.flush()
                except (OSError, ValueError):
                    pass  # the interpreter does that again, and says so
            for stream in streams:
                for name in ("write", "flush"):
                    vars(stream).pop(name, None)
            if self.offset is not None:
                self.ask()
            self.end()

        atexit.register(at_end)

    def end(self):
        self.offset = self.child = self.traceback = None

    def counted(self, stream, name, before, after=None):
        """Puts it in the place of the stream's own method. It does not keep the stream alive."""
        method, there = getattr(type(stream), name), ref(stream)

        def function(*arguments):
            return method(there(), *arguments)

        function.__name__ = name
        return self.passing(function, before, after)

    def passing(self, function, before, after=None):
        """The function, with a look at what it is given and at its result. An exception comes from it alone."""

        def passed(*arguments, **named):
            if self.offset is not None and before is not None:
                before(*arguments)
            try:
                result = function(*arguments, **named)
            except BaseException:
                self.hide(sys._getframe(1))
                raise
            if self.offset is not None and after is not None:
                after(result)
            return result

        passed.__name__ = passed.__qualname__ = function.__name__
        return passed

    def hide(self, frame):
        """Has the tracer remove the debugger's frame from the traceback, once the exception is in the caller."""
        while frame.f_back is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        if frame.f_trace is None:
            frame.f_trace = self.tracer.line_method
            follow_lines(frame, False)

    def adopt(self, stream):
        """Counts in each layer of a stream that leads to the descriptor."""
        try:
            if self.offset is None or not isinstance(stream, io.IOBase) or stream.fileno() != self.descriptor:
                return
        except (OSError, ValueError):
            return
        layers = ((io.TextIOWrapper, "buffer", self.count_text), (io.BufferedWriter, "raw", self.count_buffer))
        for kind, below, count in layers + ((io.FileIO, None, self.count_raw),):
            if isinstance(stream, kind):
                if "write" not in vars(stream):
                    self.adopted.append(ref(stream))
                    count(stream)
                stream = below and getattr(stream, below)

    def count_text(self, stream):
        encoder, there = None, ref(stream)

        def before(data):
            nonlocal encoder
            text = there()
            form = (text.encoding, text.errors)
            if encoder is None or encoder[0] != form:
                encoder = (form, codecs.getincrementalencoder(form[0])(form[1]))
            try:
                data = encoder[1].encode(data)
            except (TypeError, ValueError):
                return  # the stream itself says so
            self.goes(data, self.text, self.buffer.total)

        def flushed(_):
            self.text.take(self.text.total)

        stream.write = self.within(self.counted(stream, "write", before))
        stream.flush = self.within(self.counted(stream, "flush", None, flushed))

    def count_buffer(self, buffer):
        def before(data):
            if _thread.get_ident() in self.inside:
                self.buffer.add_all(self.text.take(size_of(data)))
            else:
                self.goes(data, self.buffer, 0)

        def flushed(_):
            self.buffer.take(self.buffer.total)

        buffer.write = self.counted(buffer, "write", before)
        buffer.flush = self.counted(buffer, "flush", None, flushed)

    def count_raw(self, raw):
        def before(data):
            length = size_of(data)
            if self.buffer.total == 0:  # this stream has no buffer
                if _thread.get_ident() in self.inside:
                    self.buffer.add_all(self.text.take(length))
                else:
                    self.goes(data, self.buffer, 0)
            self.leaves(length)

        def after(length):
            self.arrived += length or 0
            self.buffer.take(length or 0)

        raw.write = self.counted(raw, "write", before, after)

    def within(self, function):
        """What the function passes on to the next layer is counted already."""

        def passed(*arguments):
            thread = _thread.get_ident()
            outermost = thread not in self.inside
            self.inside.add(thread)
            try:
                return function(*arguments)
            finally:
                if outermost:
                    self.inside.discard(thread)

        passed.__name__ = passed.__qualname__ = function.__name__
        return passed

    def writes(self, descriptor, data, *_):
        if descriptor == self.descriptor:
            own = Segments()
            self.goes(data, own, -own.total)
            self.arrived += own.total

    def goes(self, data, queue, ahead):
        """The script prints this: it waits in the queue, behind those before it and so many bytes ahead of them."""
        if self.asks:
            self.ask()
        if self.offset is None:
            return
        length, at = size_of(data), self.offset - self.arrived - ahead - queue.total
        frames = self.noted()
        queue.add(length, frames)
        # A child process may write before the buffer does: then other bytes were expected here, and it is looked on.
        if self.found is None and 0 <= at < length and alike(bytes(memoryview(data)[at:]), self.expected):
            self.found = frames
            self.stop("printed", self.frames())

    def leaves(self, length):
        """So many bytes leave the process now: whose byte it is, is certain."""
        if self.asks:
            self.ask()
        if self.offset is None or not 0 <= self.offset - self.arrived < length:
            return
        segment = self.buffer.at(self.offset - self.arrived)
        if segment is not None and segment.frames is not self.found:
            self.stop("buffered", self.recalled(segment.frames))
        self.end()

    def ask(self):
        """Others write, too: the server knows how many bytes it has got."""
        count = self.tracer.commands.count()
        self.arrived = self.arrived if count is None else count
        if self.offset is not None and self.arrived > self.offset:
            child = self.child
            self.end()
            if child is None:
                self.stop("passed", self.frames())
            else:
                self.stop("child", self.recalled(child))

    def audited(self, event, arguments):
        if self.offset is None:
            return
        if event in starting:
            self.asks = True
            self.children += 1
            self.child = self.noted()
        elif event == "os.exec":
            self.end()
            self.stop("child", self.frames())  # whatever comes now, the other program writes

    def waited(self, result):
        if self.asks:
            self.ask()
        if result is not None and (isinstance(result, int) or result[0] != 0):
            self.children -= 1
            if self.children <= 0:
                self.child = None

    def noted(self):
        return [(id(frame), frame.f_code, line) for frame, line in self.frames()]

    def recalled(self, noted):
        there = {(id(frame), frame.f_code): frame for frame, _ in stack_of(sys._getframe(1))}
        return [(there.get((at, code)) or Left(code), line) for at, code, line in noted]

    def frames(self):
        """The script's frames: what the language itself has on top of them says nothing about the origin."""
        # What is printed about an exception comes from where it was raised: in a thread it is still at hand.
        for frames in (stack_of(sys._getframe(1)), self.traceback or raised_at(sys.exc_info()[2])):
            own = [each for each in frames if not self.tracer.is_library(each[0].f_code.co_filename)]
            if own:
                return frames[frames.index(own[0]) :]
        return self.traceback or []

    def stop(self, how, frames):
        if frames:
            self.tracer.stop_at(frames, {"reason": "byte", "how": how})
