# Answers what the workbench asks.
import sys

from evaluation import evaluated
from frames import stack_of
from tracer import Tracer, step_in
from values import Discard, children, cut, has_children, shown, text_of

resuming = ("begin", "continue", "next", "stepIn", "stepOut")
max_frames = 1000


class Commands:
    def __init__(self, connection):
        self.connection = connection
        self.tracer = Tracer(self)
        self.references = []
        self.converses = False
        self.waits_to_pause = False
        self.was_interrupted = False

    def connected(self):
        return self.connection is not None

    def event(self, name, body):
        self.send({"method": name, "params": body})

    def send(self, message):
        if self.connection is not None and not self.connection.send(message):
            self.leave()

    def leave(self):
        """The script runs on alone."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()
        self.tracer.end()

    def log(self, text, frame):
        source = {"path": self.tracer.breakpoints.path(frame.f_code.co_filename)}
        body = {"category": "console", "output": cut(text) + "\n", "source": source, "line": frame.f_lineno}
        self.event("output", body)

    def converse(self, frames, stop=None):
        """Until the script is to go on."""
        self.converses = True
        if stop is not None:
            self.event("stopped", stop)
        while self.connection is not None:
            message = self.connection.receive()
            if message is None:
                self.leave()
            elif self.answer(message, frames) in resuming:
                break
        self.references = []
        self.converses = self.waits_to_pause = False
        self.see_interruption(frames[0][0] if frames else None)

    def count(self):
        """How many bytes of the stream the server has got; None: it says nothing any more."""
        self.converses, converses = True, self.converses
        self.event("count", {})
        found = None
        while self.connection is not None and found is None:
            message = self.connection.receive()
            if message is None:
                self.leave()
            else:
                self.answer(message, None)
                if message[1] == "count":
                    found = int(message[2])
        self.converses = converses
        if not converses:
            self.see_interruption(sys._getframe(1))
        return found

    def see_interruption(self, frame):
        has_read = self.connection is not None and self.connection.read  # more than the last message
        if self.was_interrupted or self.waits_to_pause or has_read:
            self.was_interrupted = False
            self.interrupted(None, frame)

    def interrupted(self, signal, frame):
        """Something was asked while the script runs."""
        if self.connection is None:
            return
        if self.converses:
            self.was_interrupted = True
            return
        while frame is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        while True:
            message = self.connection.receive(waits=False)
            if message is None:
                break
            self.answer(message, None)
            if self.connection is None:
                return
        pauses, self.waits_to_pause = self.waits_to_pause, False
        if self.connection.socket is None:
            self.leave()
        elif pauses and self.tracer.first_own(frame) is None:  # nothing of the script has run
            self.tracer.mode, self.tracer.reason = step_in, "pause"
        elif pauses:
            self.tracer.stop(frame, "pause")
        else:
            self.tracer.arm(stack_of(frame))

    def answer(self, message, frames):
        number, command, *words = message
        response = {"id": int(number)}
        try:
            with Discard():
                response["result"] = getattr(self, "on_" + command)(frames, *words)
        except BaseException as error:
            response["error"] = {"message": cut("%s: %s" % (type(error).__name__, text_of(error)))}
        if command in resuming:
            self.tracer.resume(command, frames)
        if command == "begin":
            self.begin(*words)
        self.send(response)
        if command == "leave":
            self.leave()
        return command

    def begin(self, entry, *byte):
        if entry:
            self.tracer.mode = step_in
        if byte:
            self.tracer.origin.begin(*byte)

    def on_begin(self, frames, *words):
        pass

    on_continue = on_next = on_stepIn = on_stepOut = on_leave = on_count = on_begin

    def on_pause(self, frames):
        self.waits_to_pause = True

    def on_place(self, frames, path, *words):
        placed = self.tracer.breakpoints.set(path, list(zip(words[0::3], words[1::3], words[2::3])))
        self.tracer.forget()
        return {"breakpoints": placed}

    def on_stopUncaught(self, frames, stops):
        self.tracer.stop_uncaught(stops == "yes")

    def on_stack(self, frames):
        return {"frames": [self.described(*each) for each in frames[:max_frames]]}

    def described(self, frame, line):
        name = frame.f_code.co_filename
        described = {"name": frame.f_code.co_name, "path": self.tracer.breakpoints.path(name), "line": line}
        return dict(described, isLibrary=self.tracer.is_library(name))

    def on_scopes(self, frames, at):
        frame = frames[int(at)][0]
        scopes = [{"name": "Locals", "expensive": False, "variablesReference": self.refer(own_names(frame.f_locals))}]
        if frame.f_locals is not frame.f_globals:
            reference = self.refer(own_names(frame.f_globals))
            scopes.append({"name": "Globals", "expensive": True, "variablesReference": reference})
        return {"scopes": scopes}

    def on_variables(self, frames, reference):
        found, count = children(self.references[int(reference) - 1])
        return {"variables": [self.variable(name, value) for name, value in found], "count": count}

    def on_evaluate(self, frames, at, _, expression):
        value, printed, is_expression = evaluated(expression, frames[int(at)][0])
        found = self.variable("", value)
        text = found["value"] if is_expression and not (printed and value is None) else ""
        return dict(found, value=cut(printed) + text)

    def variable(self, name, value):
        reference = self.refer(value) if has_children(value) else 0
        return {"name": name, "value": shown(value), "type": type(value).__name__, "variablesReference": reference}

    def refer(self, value):
        self.references.append(value)
        return len(self.references)


def own_names(names):
    return {name: names[name] for name in list(names) if not (name.startswith("__") and name.endswith("__"))}
