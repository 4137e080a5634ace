# Answers the requests of the Debug Adapter Protocol.
import os
import sys

from evaluation import evaluated
from tracer import Tracer, step_in
from values import Discard, children, cut, has_children, max_children, shown

resuming = ("configurationDone", "continue", "next", "stepIn", "stepOut")


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
        self.send({"type": "event", "event": name, "body": body})

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
            self.event("stopped", dict(stop, threadId=1, allThreadsStopped=False))
        while self.connection is not None:
            message = self.connection.receive()
            if message is None:
                self.leave()
            elif self.answer(message, frames) in resuming:
                break
        self.references = []
        self.converses = False
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
            elif message["command"] == "count":
                found = message["arguments"]["bytes"]
                self.answer(message, None)
            else:
                self.answer(message, None)
        self.converses = converses
        if not converses:
            self.see_interruption(sys._getframe(1))
        return found

    def see_interruption(self, frame):
        if self.was_interrupted or (self.connection is not None and self.connection.read):  # after the last message
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
        self.waits_to_pause = False
        while True:
            message = self.connection.receive(waits=False)
            if message is None:
                break
            self.answer(message, None)
            if self.connection is None:
                return
        if self.connection.socket is None:
            self.leave()
        elif self.waits_to_pause and self.tracer.first_own(frame) is None:  # nothing of the script has run
            self.tracer.mode, self.tracer.reason = step_in, "pause"
        elif self.waits_to_pause:
            self.tracer.stop(frame, "pause")
        else:
            frames = []
            while frame is not None:
                frames.append((frame, 0))
                frame = frame.f_back
            self.tracer.arm(frames)

    def answer(self, message, frames):
        command, arguments = message["command"], message.get("arguments") or {}
        response = {"type": "response", "request_seq": message["seq"], "command": command, "success": True}
        try:
            with Discard():
                response["body"] = getattr(self, "on_" + command)(arguments, frames)
        except BaseException as error:
            response.update(success=False, message=cut("%s: %s" % (type(error).__name__, error)))
        if response["success"] and command in resuming:
            self.tracer.resume(command, frames)
            if arguments.get("stopOnEntry"):
                self.tracer.mode, self.tracer.reason = step_in, "entry"
            if arguments.get("stopAtByte"):
                self.tracer.origin.begin(arguments["stopAtByte"])
        self.send(response)
        if command == "disconnect":
            self.leave()
        return command

    def on_configurationDone(self, arguments, frames):
        return {}

    on_next = on_stepIn = on_stepOut = on_disconnect = on_count = on_configurationDone

    def on_continue(self, arguments, frames):
        return {"allThreadsContinued": True}

    def on_pause(self, arguments, frames):
        self.waits_to_pause = True
        return {}

    def on_setBreakpoints(self, arguments, frames):
        path = arguments["source"]["path"]
        placed = self.tracer.breakpoints.set(path, arguments.get("breakpoints") or [])
        self.tracer.forget()
        return {"breakpoints": placed}

    def on_setExceptionBreakpoints(self, arguments, frames):
        self.tracer.stops_uncaught = "uncaught" in arguments["filters"]
        return {}

    def on_threads(self, arguments, frames):
        return {"threads": [{"id": 1, "name": "script"}]}

    def on_stackTrace(self, arguments, frames):
        start, levels = arguments.get("startFrame") or 0, arguments.get("levels") or max_children
        listed = [self.described(at, *frames[at]) for at in range(start, min(len(frames), start + levels))]
        return {"stackFrames": listed, "totalFrames": len(frames)}

    def described(self, at, frame, line):
        path = self.tracer.breakpoints.path(frame.f_code.co_filename)
        source = {"name": os.path.basename(path), "path": path}
        described = {"id": at + 1, "name": frame.f_code.co_name, "line": line, "column": 1, "source": source}
        if self.tracer.is_library(frame.f_code.co_filename):
            described["presentationHint"] = "subtle"
        return described

    def frame(self, arguments, frames):
        return frames[max(0, (arguments.get("frameId") or 1) - 1)][0]

    def on_scopes(self, arguments, frames):
        frame = self.frame(arguments, frames)
        scopes = [{"name": "Locals", "expensive": False, "variablesReference": self.refer(own_names(frame.f_locals))}]
        if frame.f_locals is not frame.f_globals:
            reference = self.refer(own_names(frame.f_globals))
            scopes.append({"name": "Globals", "expensive": True, "variablesReference": reference})
        return {"scopes": scopes}

    def on_variables(self, arguments, frames):
        found, count = children(self.references[arguments["variablesReference"] - 1])
        variables = [self.variable(name, value) for name, value in found]
        if count > len(found):
            left = "%d more" % (count - len(found))
            variables.append({"name": "…", "value": left, "variablesReference": 0})
        return {"variables": variables}

    def on_evaluate(self, arguments, frames):
        value, printed, is_expression = evaluated(arguments["expression"], self.frame(arguments, frames))
        result = self.variable("", value)
        text = result["value"] if is_expression and not (printed and value is None) else ""
        return {"result": cut(printed) + text, "type": result["type"], "variablesReference": result["variablesReference"]}

    def variable(self, name, value):
        reference = self.refer(value) if has_children(value) else 0
        return {"name": name, "value": shown(value), "type": type(value).__name__, "variablesReference": reference}

    def refer(self, value):
        self.references.append(value)
        return len(self.references)


def own_names(names):
    return {name: names[name] for name in list(names) if not (name.startswith("__") and name.endswith("__"))}
