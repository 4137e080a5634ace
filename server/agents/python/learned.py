# Prefork: what the first request imported beside the modules at the script's top. Each installed module that the worker
# can load by itself, as the request left it and without a change to another one, is preloaded for the requests after.
import marshal
import os
import signal
import sys
from _signal import SIG_DFL, SIGKILL, set_wakeup_fd
from module_facts import facts_of, module_names
from orphans import end_with_parent
from preload import LEFT_OUT, TRIAL_SECONDS
from trial import Trial, is_installed
from watching import READABLE

CHANGING = "__main__", "re"  # the one is the script, the other keeps what it has compiled
MOST_BYTES = 1 << 20
MOST_MODULES = 100  # to compare more of them takes too long
TRIALS = 8  # each leaves out what the one before it found
_exit = os._exit


class Learning:
    def __init__(self, loop, script, environment, is_wanted):
        self._loop = loop
        self._script = script
        self._environment = environment
        self._known = frozenset(sys.modules)
        self._trials = TRIALS
        self._modules = {}
        self.is_wanted = is_wanted  # no request has told yet

    def tell(self, descriptor):
        """In the child, when it has answered."""
        if not self.is_wanted:
            return
        try:
            found = [name for name in list(sys.modules) if name not in self._known and is_installed(file_of(name))]
            data = marshal.dumps(facts_of(found, self._known) if len(found) <= MOST_MODULES else {})
            while data:
                data = data[os.write(descriptor, data):]
        except Exception:
            pass  # whatever the script has left there, it has answered, and nothing is learned of it

    def hear(self, descriptor):
        """Of the child's end of a pipe; takes it over."""
        self.is_wanted = False
        self._read(descriptor, self._told)

    def _read(self, descriptor, heard):
        data = bytearray()

        def more(_):
            part = os.read(descriptor, 1 << 16)
            data.extend(part)
            if part and len(data) < MOST_BYTES:
                return
            self._loop.forget(descriptor)
            os.close(descriptor)
            try:
                heard(marshal.loads(data))
            except (EOFError, ValueError, TypeError):
                pass  # the process ended before it had said all: nothing is learned
            except OSError as error:
                self._loop.rest_for(error)  # nothing is learned here either

        self._loop.watch(descriptor, READABLE, more)

    def _told(self, modules):
        self._modules = modules
        if modules:
            self._try()

    def _try(self):
        self._trials -= 1
        parent = os.getpid()
        reads, writes = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(reads)
            os.close(writes)
            raise
        if pid == 0:
            try:
                end_with_parent(parent, SIGKILL)
                self._write_left_out(writes)
            finally:
                _exit(0)
        os.close(writes)
        self._read(reads, self._tried)

    def _write_left_out(self, descriptor):
        set_wakeup_fd(-1)
        for number in signal.SIGCHLD, signal.SIGTERM, signal.SIGINT:
            signal.signal(number, SIG_DFL)
        signal.alarm(TRIAL_SECONDS)
        for one in self._loop.descriptors():
            os.close(one)
        self._without_request()
        self._script.streams.__enter__()  # for good: this process ends here
        os.write(descriptor, marshal.dumps(self._left_out()))

    def _left_out(self):
        """Those that are not to be loaded; None when the others would change what is loaded already."""
        trial = Trial(self._script)
        loaded = self._known.difference(CHANGING)
        before = facts_of(loaded, ())
        left = set()
        for name in self._modules:
            known = set(sys.modules)
            try:
                why = trial.seen_of(lambda: __import__(name))
            except BaseException:
                left.add(name)
                continue
            if why:
                return {name}  # what it started may end within the import of another one
            if any(file_of(one) for one in set(sys.modules).difference(known, self._modules)):
                left.add(name)
        found = facts_of(self._modules.keys() - left, self._known)
        left.update(name for name in found if found[name] != self._modules[name])
        return left or (None if facts_of(loaded, ()) != before else left)

    def _tried(self, left):
        if left is None:
            sys.stderr.write("cgi-workbench-agent: Preloaded nothing that the first request imported: it changes others\n")
            return
        for name in left:
            del self._modules[name]
        if not left:
            self._load()
        elif self._modules and self._trials:
            self._try()

    def _without_request(self):
        self._environment.put_back()
        del sys.argv[1:]
        sys.modules["__main__"] = self._script.main

    def _load(self):
        main = sys.modules["__main__"]
        loaded = []
        self._without_request()
        try:
            with self._script.streams:
                for name in self._modules:
                    __import__(name)
                    loaded.append(name)
        except Exception as error:
            sys.stderr.write(LEFT_OUT % (name, "%s: %s" % (type(error).__name__, error)))
        finally:
            sys.modules["__main__"] = main
        self._loop.has_learned()
        sys.stderr.write("cgi-workbench-agent: Preloaded, as the first request imported them: %s\n" % " ".join(loaded))


def file_of(name):
    file = module_names(name).get("__file__")
    return file if type(file) is str else ""
