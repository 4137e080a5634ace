# Whether a request could see that a module was imported before it.
import gc
import os
import re
import signal
import sys
from living import other_threads, reap
from memory_files import memory_file
from script import flush

LIBRARY = os.path.dirname(os.__file__) + "/"
INSTALLED = "/site-packages/", "/dist-packages/"
# A request has another value of these variables, or has them alone.
OF_REQUESTS = re.compile(
    "(AUTH|CONTENT|CONTEXT|DOCUMENT|GATEWAY|HTTP|QUERY|REDIRECT|REMOTE|REQUEST|SCRIPT|SERVER|SSL)_|"
    "HTTPS$|PATH_(INFO|TRANSLATED)$")


class OwnFile(BaseException):
    """An import is about to run a file that is not installed."""


class Trial:
    """What a request could see of imports, which run in this process."""

    def __init__(self, script):
        import random
        self._noted = []
        self._refused = False
        self._script = script
        self._streams = memory_file(b".")
        for descriptor in range(3):
            os.dup2(self._streams, descriptor)
        for owner, name in ((random.Random, "seed"), (random, "seed"), (random, "setstate")):
            self._note(owner, name, "it seeds random numbers")
        for owner, name in ((random, "_urandom"), (os, "urandom")):
            self._note(owner, name, "it draws a secret")
        self._note(os, "getpid", "it asks for the number of its process")
        if "numpy.random" in sys.modules:
            self._note(sys.modules["numpy.random"], "seed", "it seeds random numbers")
        for name in ("__iter__", "__getitem__"):
            self._note(type(os.environ), name, "it reads the variables of a request")
        sys.addaudithook(self._refuse_own_files)

    def _note(self, owner, name, why):
        function = getattr(owner, name)

        def noting(*values, **named):
            if not is_numpy_loading() and not (name == "__getitem__" and is_of_process(values[1])):
                self._noted.append(why)
            return function(*values, **named)

        setattr(owner, name, noting)

    def _refuse_own_files(self, event, values):
        file = values[0].co_filename if event == "exec" else values[1] if event == "import" else None
        if file and file != self._script.path and file[0] != "<" and not is_installed(file):
            self._refused = True
            raise OwnFile

    def seen_of(self, load):
        before = state_of_process()
        load()
        if self._refused:
            raise OwnFile  # a library has caught the first one
        after = state_of_process()
        for stream in filter(None, (sys.stdout, sys.stderr, *self._script.streams.made[1:])):
            flush(stream, is_last=True)
        if os.lseek(self._streams, 0, os.SEEK_CUR):
            self._noted.append("it reads or writes a standard stream")
        return next((why for why in before if before[why] != after[why]), self._noted[0] if self._noted else "")


def is_numpy_loading():
    """NumPy seeds its generator while it loads, which does not count: each fork seeds it again."""
    return getattr(getattr(sys.modules.get("numpy.random"), "__spec__", None), "_initializing", False)


def is_of_process(variable):
    return not OF_REQUESTS.match(os.fsdecode(variable))


def is_installed(file):
    return file.startswith(LIBRARY) or any(one in file for one in INSTALLED)


def state_of_process():
    """What an import may not change, by the sentence that tells of the change."""
    return {
        "it starts a thread": other_threads(),
        "it starts a process": reap(),
        "it opens a file or a socket": os.listdir("/dev/fd"),
        "it handles a signal": [signal.getsignal(number) for number in signal.valid_signals()],
        "it switches the collector of garbage": gc.isenabled(),
    }
