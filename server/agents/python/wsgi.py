# Mode "wsgi": the file's application, called in this process for one request at a time (PEP 3333).
import atexit
import io
import os
from os import getpid
from application_detector import ApplicationDetector
from application_file import NO_APPLICATION, ApplicationFile, NoApplication
from detector import serve_detected
from failure_page import failure_page
from random_numbers import seed_generators
from records import STDOUT, stream_records
from script import without_agent
from wsgi_channel import WsgiChannel
from wsgi_environ import wsgi_environ
from wsgi_response import WsgiResponse
from wsgi_streams import BodyStream

_exit = os._exit


class Wsgi(WsgiChannel):
    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        from traceback import format_exception
        from wsgiref.util import FileWrapper
        self._format_exception, self._file_wrapper = format_exception, FileWrapper
        self._file = ApplicationFile(script)
        self._is_multiprocess = not options.listen or options.workers > 1  # by itself it cannot know of others
        self._detector = ApplicationDetector(options.detect, script, self.own_descriptors) if options.detect else None
        self._pending = []
        seed_generators(("numpy.random",))

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
        else:
            self.left(request)
            request.connection.finish(request, 0)

    def left(self, request):
        if request in self._pending:
            self._pending.remove(request)

    def has_room(self):
        return not self._pending and super().has_room()

    def look_at_clock(self):
        while self._pending:
            serve_detected(self._detector, self._serve, self._pending.pop(0))

    def _serve(self, request):
        self.running, self.is_aborted = request, False
        body = io.BufferedReader(BodyStream(request, self.wait_for_body))
        environ = wsgi_environ(request.params, body, self.errors, self._is_multiprocess, self._file_wrapper)
        response = WsgiResponse(environ, self.send_output)
        if self._detector:
            self._detector.before(self._file)
        status = self._call(environ, response)
        if getpid() != self.pid:
            _exit(status)  # a fork of the application's that came back to here
        if self._detector:
            self._detector.after()
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
