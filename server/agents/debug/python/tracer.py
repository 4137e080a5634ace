# Follows the script line by line where somebody looks, and nowhere else: a function without a breakpoint costs one
# call of `call`.
import os
import sys

import _thread

from breakpoints import Breakpoints
from evaluation import filled, holds
from frames import follow_lines, is_main, raised_at, stack_of, without_ours
from origin import Origin
from segments import Left
from values import text_of

run, step_in, step_over = range(3)


class Tracer:
    def __init__(self, commands):
        self.commands = commands
        self.breakpoints = Breakpoints()
        self.lock = _thread.RLock()
        self.mode = run
        self.step = None
        self.left = None  # the line that "over" leaves: each turn of a loop or comprehension in one line reports it again
        self.reason = "step"
        self.known = {}
        self.threads_traced = False
        self.stops_uncaught = False
        self.hears_uncaught = False
        self.hook = None
        library = os.path.dirname(os.__file__)
        agents = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep  # they call applications
        self.library = (library, "<", agents)
        self.line_method = self.line
        self.call_method = self.call
        self.uncaught_method = self.uncaught
        self.origin = Origin(self)

    def begin(self):
        sys.settrace(self.call_method)

    def end(self):
        sys.settrace(None)
        self.origin.end()
        self.mode, self.step = run, None
        if sys.excepthook is self.uncaught_method:
            sys.excepthook = self.hook
        if self.threads_traced:
            sys.modules["threading"].settrace(None)

    def is_library(self, name):
        return name.startswith(self.library) or "/site-packages/" in name or "/dist-packages/" in name

    def forget(self):
        """Other breakpoints are set."""
        self.known = {}

    def look(self, code):
        """Whether the code has a breakpoint, and whether it is the script's own. The code is kept: ids are reused."""
        self.known[id(code)] = known = (self.breakpoints.are_in(code), not self.is_library(code.co_filename), code)
        return known

    def call(self, frame, event, arg):
        code = frame.f_code
        known = self.known.get(id(code)) or self.look(code)
        if not self.threads_traced and "threading" in sys.modules:
            self.trace_threads()
        if known[0] or (self.mode == step_in and known[1]):
            return self.line_method
        if is_main(frame):
            follow_lines(frame, False)  # its end counts
            return self.line_method
        return None

    def trace_threads(self):
        settrace = getattr(sys.modules["threading"], "settrace", None)
        if settrace:  # else it is being imported
            settrace(self.call_method)
            self.threads_traced = True

    def line(self, frame, event, arg):
        if event == "line":
            found = self.breakpoints.lines(frame.f_code.co_filename).get(frame.f_lineno)
            if found is not None and self.stops_at(*found, frame):
                self.stop(frame, "breakpoint")
            elif self.mode == step_in or (self.mode == step_over and frame is self.step and frame.f_lineno != self.left):
                self.stop(frame, self.reason)
        elif event == "exception":
            without_ours(arg[2])
        elif event == "return":
            if is_main(frame) and self.origin.offset is not None:
                self.origin.ask()
            if self.mode == step_over and frame is self.step:
                self.step = self.own_caller(frame)
                self.left = None
                if self.step is None:
                    self.mode = run
            if is_main(frame):  # it is over, or an exception ends it: the script sees its own hook while it runs
                self.hook, sys.excepthook = sys.excepthook, self.uncaught_method
        return self.line_method

    def own_caller(self, frame):
        return self.first_own(frame.f_back)

    def first_own(self, frame):
        while frame is not None and self.is_library(frame.f_code.co_filename):
            frame = frame.f_back
        return frame

    def stops_at(self, condition, message, frame):
        if not condition and not message:
            return True
        sys.settrace(None)
        try:
            if condition and not holds(condition, frame):
                return False
            if message:
                self.commands.log(filled(message, frame), frame)
            return not message
        finally:
            sys.settrace(self.call_method)

    def stop(self, frame, reason):
        self.stop_at(stack_of(frame), {"reason": reason})

    def stop_at(self, frames, stop):
        with self.lock:
            if not self.commands.connected():
                return
            sys.settrace(None)
            self.commands.converse(frames, stop)
            if self.commands.connected():
                self.arm(stack_of(sys._getframe(1)))
                sys.settrace(self.call_method)

    def resume(self, command, frames):
        self.reason = "step"
        self.mode, self.step, self.left = run, None, None
        frames = [each for each in frames or [] if not isinstance(each[0], Left)]
        if command == "stepIn":
            self.mode = step_in
        elif frames and command in ("next", "stepOut"):
            self.step = frames[0][0] if command == "next" else self.own_caller(frames[0][0])
            self.left = frames[0][1] if command == "next" else None
            self.mode = run if self.step is None else step_over

    def arm(self, frames):
        """Frames that have begun: each is followed if the script may stop in it."""
        for frame, _ in frames:
            steps = self.mode != run and not self.is_library(frame.f_code.co_filename)
            follows = steps or self.breakpoints.are_in(frame.f_code)
            frame.f_trace = self.line_method if follows or is_main(frame) else None
            if frame.f_trace is not None:
                follow_lines(frame, follows)

    def stop_uncaught(self, stops):
        """Sets whether uncaught exceptions stop the script.

        An audit hook hears of them where a RecursionError has ended the tracing.
        """
        self.stops_uncaught = stops
        if stops and not self.hears_uncaught and hasattr(sys, "addaudithook"):
            self.hears_uncaught = True
            sys.addaudithook(self.audited)

    def audited(self, event, arguments):
        if event == "sys.excepthook" and arguments[0] != self.uncaught_method:
            try:
                self.tell_uncaught(*arguments[1:])
            except Exception:  # Python would drop its report of the script's exception, or add one of this
                self.commands.leave()

    def tell_uncaught(self, kind, value, traceback):
        frames = raised_at(traceback)
        if self.origin.offset is not None:
            self.origin.traceback = frames
        if self.stops_uncaught and self.commands.connected():
            text = "%s: %s" % (kind.__name__, text_of(value))
            self.commands.converse(frames, {"reason": "exception", "description": kind.__name__, "text": text[:1000]})
            self.step = None

    def uncaught(self, kind, value, traceback):
        sys.settrace(None)
        without_ours(traceback)
        self.tell_uncaught(kind, value, traceback)
        sys.excepthook = self.hook
        self.hook(kind, value, traceback)
        self.origin.end()
