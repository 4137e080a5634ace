# With --listen: the process that opened the socket, and replaces workers that end.
import os
import signal
import socket
import sys
import time
from stat import S_ISSOCK
from orphans import end_with_parent
from prefork import LEAVES
from watching import NO_MORE

BACKLOG = 1024
_exit = os._exit
END_SECONDS = 1  # a prefork worker needs so long at most to end its children
WAITED_FOR = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, *([LEAVES] if LEAVES else []))
SHORT_LIFE_SECONDS, PAUSE_SECONDS = 1, 0.2  # workers that die at once are not replaced in a hurry


def open_listener(address):
    """The socket, and what tells its file from that of a later server at the same path."""
    kind, _, where = address.partition(":")
    if kind == "unix":
        remove_socket(where)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(where)
        listener.listen(BACKLOG)
        return listener, file_at(where)
    host, _, port = where.rpartition(":")
    if kind != "tcp" or not port.isdigit():
        print("--listen is unix:PATH or tcp:HOST:PORT.", file=sys.stderr)
        sys.exit(2)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host.strip("[]"), int(port)), family=family, backlog=BACKLOG), None


def file_at(where):
    """None: there is no file."""
    try:
        found = os.lstat(where)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, S_ISSOCK(found.st_mode)


def remove_socket(where):
    """That a server left there; nothing else is removed."""
    found = file_at(where)
    if found is None:
        return
    if not found[2]:
        print("--listen: %s exists and is not a socket. Remove it, or name another path." % where, file=sys.stderr)
        sys.exit(2)
    os.unlink(where)


class Master:
    def __init__(self, options, work, socket_file):
        self._options = options
        self._work = work
        self._socket_file = socket_file
        self._started = {}
        self._leaving = set()  # those of them that take no more requests
        self._end_signal = signal.SIGTERM if options.mode == "prefork" else signal.SIGKILL

    def run(self):
        signal.signal(signal.SIGCHLD, lambda *_: None)  # one that is ignored would not be waited for
        signal.pthread_sigmask(signal.SIG_BLOCK, WAITED_FOR)
        while True:
            if not self._start_missing() and not signal.sigpending().intersection(WAITED_FOR):
                time.sleep(PAUSE_SECONDS)
                continue
            number, sender = next_signal()
            if number == LEAVES:
                self._leaving.update(self._started.keys() & {sender})
            elif number != signal.SIGCHLD:
                self._terminate()
            self._reap()

    def _reap(self):
        while self._started:
            pid, wait_status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            started = self._started.pop(pid, None)
            self._leaving.discard(pid)
            if started and wait_status and time.monotonic() - started < SHORT_LIFE_SECONDS:
                time.sleep(PAUSE_SECONDS)

    def _start_missing(self):
        """False: the system has no room for another process at present."""
        workers = max(1, self._options.workers)
        try:
            while len(self._started) < workers + min(len(self._leaving), workers * self._options.children):
                self._start()
        except OSError as error:
            if error.errno not in NO_MORE:
                raise
            return False
        return True

    def _start(self):
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._started.clear()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITED_FOR)
                end_with_parent(parent, self._end_signal)
                self._work()
            except BaseException:
                sys.__excepthook__(*sys.exc_info())
            finally:
                _exit(70)
        self._started[pid] = time.monotonic()

    def _terminate(self):
        for pid in self._started:
            try:
                os.kill(pid, self._end_signal)
            except ProcessLookupError:
                pass  # it has ended, and is just being reaped
        self._remove_own_socket()
        until = time.monotonic() + END_SECONDS
        while self._started and time.monotonic() < until:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            self._started.pop(pid, None)
            if pid == 0:
                time.sleep(0.005)
        for pid in self._started:
            os.kill(pid, signal.SIGKILL)
        _exit(0)

    def _remove_own_socket(self):
        where = self._options.listen.partition(":")[2]
        try:
            if self._socket_file is not None and file_at(where) == self._socket_file:
                os.unlink(where)
        except OSError:
            pass  # somebody removed it


def next_signal():
    """With its sender. A handler would miss a signal that comes just before `waitpid` begins to wait."""
    if LEAVES is None:
        return signal.sigwait(WAITED_FOR), None
    found = signal.sigwaitinfo(WAITED_FOR)
    return found.si_signo, found.si_pid
