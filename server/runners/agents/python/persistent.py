# Mode "persistent": the script again and again in this process, one request at a time.
import contextvars
import gc
import os
import sys
from os import WNOHANG, close, dup, dup2, getpid, waitpid
from select import POLLOUT, poll
from child import take_variables
from connection import NO_BYTES
from endings import Endings, join_threads, living_threads
from event_loop import EventLoop
from failure_page import failure_page
from guards import Guards
from memory_files import body_descriptor
from output import Output
from records import STDERR, STDOUT, stream_records
from script import Vanish, clear_names, flush_output, report, run_main
from state import State
from streams import standard_stream

COLLECT_ALL_EVERY = 64  # requests
_exit = os._exit


class Persistent(EventLoop):
    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        self.script = script
        self._pid = getpid()
        self._folder = os.path.dirname(script.path)
        self._request = None
        self._vanished_status = None
        self._must_leave = False
        self._main = None
        self._stdout, self._stderr = Output(1, self._send), Output(2, self._send)
        self._null = os.open(os.devnull, os.O_RDONLY)
        self._own_errors = dup(2)  # descriptor 2 between requests
        self._state = State(self._folder)
        self._endings = Endings(self._folder)
        self._guards = Guards(self._vanishes, self._own_descriptors)
        os.register_at_fork(after_in_child=self._close_in_fork)
        gc.collect()

    def is_worn(self):
        return self._must_leave or super().is_worn()

    def begin(self, request):
        """The script is run when its body is complete."""

    def more_body(self, request):
        if request.body_ended:
            self._run(request)

    def interest(self, connection):
        self.change(connection.descriptor, POLLOUT | 1 if connection.output else 1)

    def aborted(self, request):
        """Before its body was complete: the script was not begun."""
        request.connection.finish(request, 0)

    def left(self, request):
        pass  # nothing of it runs, or it gets BrokenPipeError

    def _run(self, request):
        self._request = request
        self._vanished_status = None
        gc.freeze()  # what is collected at the script's end is the script's
        self.script.refresh()
        self._state.take()
        threads = living_threads()
        self._streams(request)
        self._guards.set()
        self._endings.begin()
        take_variables(request.params)
        main = self._main if self.options.globals == "keep" and self._main else self.script.main_module()
        self._main = sys.modules["__main__"] = main
        status = contextvars.copy_context().run(self._script, main, threads)
        self._end(request, status)

    def _script(self, main, threads):
        """In a context of its own, with decimal's. Returns the exit status."""
        try:
            try:
                status = run_main(self.script, main)
            finally:
                if getpid() == self._pid:
                    self._must_leave = join_threads(threads) or self._must_leave
            self._endings.run()
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
        if self._vanished_status is not None:
            status = self._vanished_status  # whatever the script did afterwards
        status = flush_output() or status
        if self.options.globals == "fresh":
            clear_names(self._main)
            gc.collect()
            flush_output(is_last=True)
        self._stdout.finish()
        self._stderr.finish()
        try:
            self._state.put_back(self.options.modules == "drop")
        except Exception:
            sys.__excepthook__(*sys.exc_info())
            self._must_leave = True  # the request is answered, and no other finds this process so
        self._answer(request, status)
        self._reap()

    def _answer(self, request, status):
        errors, output = self._stderr.held(), self._stdout.held()
        dup2(self._null, 0)
        dup2(self._own_errors, 1)
        dup2(self._own_errors, 2)
        self._request = None
        self.served += 1
        if self.served % COLLECT_ALL_EVERY == 0:
            gc.unfreeze()
            gc.collect()
        connection = request.connection
        if not connection.is_open:
            return
        last = stream_records(STDERR, request.id, errors) if errors else NO_BYTES
        if output:
            last += stream_records(STDOUT, request.id, output)
        request.has_stdout = request.has_stdout or bool(output)
        request.has_stderr = request.has_stderr or bool(errors)
        connection.finish(request, status, last or failure_page(request, status, self.options))

    def _streams(self, request):
        if request.body:
            body = body_descriptor(request.body)
            dup2(body, 0)
            close(body)
            request.body.clear()
        else:
            dup2(self._null, 0)
        sys.stdin = sys.__stdin__ = standard_stream(0)
        sys.stdout = sys.__stdout__ = self._stdout.renew()
        sys.stderr = sys.__stderr__ = self._stderr.renew()

    def _send(self, output, data):
        """Waits for a slow reader, as a full pipe makes a script wait."""
        request = self._request
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

    def _vanishes(self, status, in_main_thread):
        """Nothing that the script still does is seen. From another thread only the end of the process ends it."""
        if self._vanished_status is None:
            self._vanished_status = status
            self._stdout.mute()
            self._stderr.mute()
        if not in_main_thread:
            self._answer(self._request, status)
            _exit(0)

    def _own_descriptors(self):
        """Which no script may close: as if they were not there."""
        return {*self._ready, self._null, self._own_errors, *self._stdout.descriptors(), *self._stderr.descriptors()}

    def _close_in_fork(self):
        """A process that the script leaves behind must not hold connections."""
        for descriptor in self._ready:
            try:
                close(descriptor)
            except OSError:
                pass  # closed by the script

    def _reap(self):
        """Children that the script did not wait for."""
        try:
            while waitpid(-1, WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
