# Prefork: what a request worked out that the next one would work out again from the same bytes: the code of the modules
# that it imported, and its compiled regular expressions. Each request still runs every module itself.
import re
import sys
import warnings
from marshal import dumps, loads

TEACHING_REQUESTS = 8  # of a worker; more would tell little that is new
MAX_TOLD = 1 << 15  # bytes, which a pipe holds
MAX_KEPT = 1 << 24  # bytes of compiled modules
HEADER_OF_BYTECODE = 16 if sys.version_info >= (3, 7) else 12
IMPORTS = sys.modules["_frozen_importlib_external"]


class Learned:
    def __init__(self):
        self._requests_left = TEACHING_REQUESTS
        self._room = MAX_KEPT
        self._kept = {}  # by the file with the bytecode and its source: the bytecode, and the code
        self._imported = []  # of this process: such files whose code was not kept
        self._patterns = frozenset()
        self._load = IMPORTS._compile_bytecode
        IMPORTS._compile_bytecode = self._code

    def _code(self, data, name=None, bytecode_path=None, source_path=None):
        """In place of Python's own function, which the import calls with what it has read from the file."""
        bytecode, code = self._kept.get((bytecode_path, source_path), (None, None))
        if bytecode == bytes(data):
            return code
        self._imported.append((bytecode_path, source_path))
        return self._load(data, name, bytecode_path, source_path)

    def before_fork(self):
        if self._requests_left:
            self._patterns = frozenset(re._cache)

    def told(self):
        """In the fork, after the script: what the worker may keep; empty for nothing new."""
        if not self._requests_left:
            return b""
        try:
            new = set(re._cache) - self._patterns
            patterns = [(pattern, flags) for kind, pattern, flags in new if kind in (str, bytes)]
            told = dumps((self._imported, patterns)) if self._imported or patterns else b""
        except Exception:
            return b""  # the script has put something of its own in their place
        return told if len(told) <= MAX_TOLD else b""

    def take(self, told):
        """In the worker."""
        if not told or not self._requests_left:
            return
        self._requests_left -= 1
        try:
            imported, patterns = loads(told)
            for bytecode_path, source_path in imported:
                self._keep(bytecode_path, source_path)
            for pattern, flags in patterns:
                compile_quietly(pattern, flags)
        except Exception:
            pass  # a script wrote something else there, or a file is gone: the requests do the work

    def _keep(self, bytecode_path, source_path):
        with open(bytecode_path, "rb") as file:
            bytecode = file.read(HEADER_OF_BYTECODE + self._room + 1)[HEADER_OF_BYTECODE:]
        if len(bytecode) <= self._room:
            self._room -= len(bytecode)
            code = self._load(memoryview(bytecode), None, bytecode_path, source_path)
            self._kept[bytecode_path, source_path] = bytecode, code


def compile_quietly(pattern, flags):
    """Keeps it in the cache of `re`, but for one with a warning, which each request prints itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(pattern, flags)
        except Warning:
            pass
