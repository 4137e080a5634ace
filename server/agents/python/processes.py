# Prefork, the processes: forked ahead, given to requests, reaped.
import gc
import os
import signal
from _signal import SIG_BLOCK, SIG_UNBLOCK, pthread_sigmask
from child import Pipes, Prepared, run_child
from event_loop import READABLE, EventLoop
from exit_status import status_from_wait

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
        try:
            self._spare.append(self._fork())
        except OSError as error:
            self.rest_for(error)

    def _fork(self):
        """@throws OSError when the system has no descriptors or processes left"""
        pipes = Pipes()
        parent = os.getpid()
        self._prepared.renew()
        # What comes before the child has its own handlers must not run the worker's there, nor be lost.
        pthread_sigmask(SIG_BLOCK, HANDLED)
        try:
            pid = os.fork()
        except OSError:
            pthread_sigmask(SIG_UNBLOCK, HANDLED)
            pipes.close()
            raise
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
        return self.own_descriptors().union((self._wakes,), *(run.descriptors() for run in runs))

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
            self._exited(pid, status_from_wait(wait_status))

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
