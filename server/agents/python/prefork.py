# Mode "prefork": each request is a fork that is the script. When one is to end early, and what happens by the clock.
import os
import signal
from event_loop import now
from pump import HELD_SECONDS, Pump
from records import STDOUT, record

LEAVES = signal.SIGRTMIN if hasattr(signal, "sigwaitinfo") else None  # tells the master, and none of them is lost
GRACE_SECONDS = 2  # between TERM and KILL


class Prefork(Pump):
    _has_told = False

    def has_room(self):
        return len(self.runs) + len(self.waiting) < self.options.children and not self._is_leaving()

    def _is_leaving(self):
        """While it serves its last requests, the master has another one in its place; else it goes when it rests."""
        if not self.is_worn() or self.runs and self.options.listen and LEAVES is None:
            return False
        if self.runs and self.options.listen and not self._has_told:
            self._has_told = True
            os.kill(self._parent, LEAVES)
        return True

    def aborted(self, request):
        self.left(request)
        if request.run is None:
            self.served += 1
            request.connection.finish(request, 0)

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

    def _hold(self, run):
        """While output waits for the client, the last that the script wrote may still be in the pipe."""
        if run.request.connection.is_open and run.request.connection.output:
            run.deadline = None
        elif run.deadline is None:
            run.deadline = now() + HELD_SECONDS

    def _end_stdout(self, run):
        """A script that closed its standard output and goes on: the response is complete."""
        request = run.request
        if not request.stdout_ended and (request.has_stdout or not self.options.error500):
            request.stdout_ended = True
            request.connection.send(record(STDOUT, request.id))

    def look_at_clock(self):
        for run in self.runs.values():
            if run.stdout is None and run.status is None:
                self._end_stdout(run)
            if run.status is not None:
                self._hold(run)
        for run in [one for one in self.runs.values() if one.deadline is not None and one.deadline <= now()]:
            if run.status is None:
                run.signal(signal.SIGKILL)
                run.deadline = None
            else:
                for name in ("stdout", "stderr"):
                    if getattr(run, name) is not None:
                        self.close(run, name)
                self.settle(run)
        self.start_waiting()
