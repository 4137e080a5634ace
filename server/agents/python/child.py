# Prefork, the forked process: it waits on its standard input for the variables of a request, then it is the script.
import atexit
import gc
import os
import sys
from _signal import SIG_DFL, SIG_SETMASK, SIGCHLD, SIGINT, SIGKILL, SIGTERM
from _signal import default_int_handler, pthread_sigmask, set_wakeup_fd
from _signal import signal as set_signal
from endings import end_threads, last_output
from exit_status import end_process
from learned import Learned
from orphans import end_with_parent
from random_numbers import seed_generators
from records import LONG
from script import flush, report, run_main
from variables import Environment

# On this descriptor the exit status is reported, out of the way of what a script opens. It is closed by exec.
STATUS_DESCRIPTOR = 63
_exit = os._exit


class Pipes:
    """The ends of a child's pipes: the worker's, and the child's."""

    def __init__(self):
        """@throws OSError when there are no descriptors left"""
        try:
            self.stdin, self.to_stdin = os.pipe()
            self.from_stdout, self.stdout = os.pipe()
            self.from_stderr, self.stderr = os.pipe()
            self.from_status, self.status = os.pipe()
        except OSError:
            self.close()
            raise

    def close(self):
        for descriptor in vars(self).values():
            os.close(descriptor)

    def keep_workers_ends(self):
        for descriptor in (self.stdin, self.stdout, self.stderr, self.status):
            os.close(descriptor)
        for descriptor in (self.to_stdin, self.from_stdout, self.from_stderr, self.from_status):
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
        self.main = script.main or script.main_module()
        self.streams = script.streams
        self.environment = Environment(options)
        self.learned = Learned()
        self.params = b""  # of the last request: the next one has mostly the same

    def renew(self):
        """Before each fork."""
        self.environment.give(self.params)
        self.learned.before_fork()
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
    prepared.streams.give()
    main = sys.modules["__main__"] = prepared.main
    pid = os.getpid()
    seed_generators(("numpy.random",))
    gc.collect()  # what it touches at the script's end it has then
    prepared.environment.give(read_exactly(LONG.unpack(read_exactly(4))[0]))
    gc.enable()
    status = finish(run_main(script, main), main)
    for stream in prepared.streams.made[1:]:  # what the script has printed before it put another one in its place
        flush(stream, is_last=True)
    if os.getpid() == pid:  # not a fork of the script's own
        tell(status, own_status, prepared.learned)
    end_process(status)


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
        end_threads()
        atexit._run_exitfuncs()
    except BaseException as error:
        report(error)
    return last_output(main, status)


def tell(status, own_status, learned):
    """The response ends before this process is taken apart."""
    try:
        if os.fstat(STATUS_DESCRIPTOR).st_ino != own_status:
            return  # the script has opened something else there
        for descriptor in (0, 1, 2):
            try:
                os.close(descriptor)
            except OSError:
                pass  # the script closed it
        os.write(STATUS_DESCRIPTOR, LONG.pack(status) + learned.told())
    except OSError:
        pass  # closed: the worker learns it when the process has ended
