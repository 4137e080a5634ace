# Mode "persistent": the script again and again in this process, one request at a time.
import contextvars
import gc
import sys
from os import getpid
from client_watch import ClientWatch
from detector import Detector, serve_detected
from endings import Endings
from exit_status import end_process
from guards import Guards
from living import reap
from script import Vanish, flush_output, report, run_main
from script_streams import ScriptStreams
from state import State
from variables import Environment

OWN_STDERR = sys.stderr
REAP_SECONDS = 0.2  # so often it looks for the end of what the script has left

class Persistent(ScriptStreams):
    endings = None

    @classmethod
    def prepare(cls, script):
        cls.endings = Endings(script)

    def __init__(self, listener, script, options):
        super().__init__(listener, options)
        self.script = script
        self._pid = getpid()
        self._must_leave = self._has_children = False
        self._main = None
        self._state = State(script, options.modules == "drop")
        self._environment = Environment(options)
        self._guards = Guards(self.vanishes, self.own_descriptors, self._environment.functions())
        self._client = ClientWatch(self._guards.receive)
        self._detector = Detector(options.detect, script, self.own_descriptors) if options.detect else None
        gc.collect()
        self._prepare()

    def is_worn(self):
        return self._must_leave or self._client.has_ended_script or super().is_worn()

    def leave(self):
        if not self._client.has_ended_script and self.vanished_status is None:  # else it may have been anywhere
            self.endings.leave()

    def more_body(self, request):
        if request.body_ended:
            serve_detected(self._detector, self._run, request)

    def left(self, request):
        self._client.end_script()

    def _run(self, request):
        self.request = request
        self.vanished_status = None
        if self.script.refresh():
            self._state.take()  # with the path to the modules beside the script
        if self._detector:
            self._detector.arrive()
        self.endings.begin()
        self.give_streams(request)
        self._environment.give(request.params)
        main = self._main if self.options.globals == "keep" and self._main else self.script.main_module()
        self._main = sys.modules["__main__"] = main
        if self._detector:
            self._detector.begin(main)
        status = contextvars.copy_context().run(self._script, main)
        self._end(request, status)

    def _prepare(self):
        """What the next request needs, whatever it is."""
        self.collect_all()
        self._state.take()
        self.prepare_streams()
        self._guards.set()
        self.endings.prepare()
        gc.freeze()  # what is collected at the script's end is the script's
    def _script(self, main):
        """In a context of its own, with decimal's. Returns the exit status."""
        try:
            try:
                self._client.begin(self.request)
                status = self._to_its_end(main)
            finally:
                self._client.end()
        except Vanish as vanish:
            status = vanish.args[0]
        if getpid() != self._pid:  # a fork of the script's
            status = self.endings.end_fork(main, status)
            self._stdout.finish()
            self._stderr.finish()
            end_process(status)
        return status
    def _to_its_end(self, main):
        try:
            status = run_main(self.script, main)
            self.endings.join_threads()  # not after os._exit, which waits for nothing
            self.endings.run()
            self._state.logging.finish()
        except Vanish:
            raise
        except BaseException as error:
            status = report(error)
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
            self.endings.clear_names(self._main)
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
            self._tries(self._state.put_back)
            self._environment.put_back()
            self._detector.finish()
        self.answer(request, status)
        self._tries(self._make_ready)
        self._has_children = reap()
    def pause(self):
        return min(REAP_SECONDS, super().pause()) if self._has_children else super().pause()
    def look_at_clock(self):
        if self._has_children:
            self._has_children = reap()
    def _tries(self, put_back):
        try:
            put_back()
        except Exception:
            sys.stderr = OWN_STDERR
            sys.__excepthook__(*sys.exc_info())
            self._must_leave = True  # the request is answered, and no other finds this process so
    def _make_ready(self):
        """After the response, so that nobody waits for it."""
        self._state.put_back()
        self._must_leave = self._must_leave or self._state.asyncio.has_left or self.endings.has_left()
        self._prepare()
