# A request's variables become the environment, and the words of its query the command line.
import os
import sys
import time
from os import fsencode, putenv, unsetenv
from records import decode_pairs
from search_words import search_words

VARIABLES = os.environ._data
_set_time_zone = getattr(time, "tzset", None)


def settable(variables):
    """No process can be given others."""
    return {name: value for name, value in variables.items()
            if name and b"=" not in name and b"\0" not in name and b"\0" not in value}


class Environment:
    """A request changes what differs from the one before it."""

    def __init__(self, options):
        self._takes_words = options.words == "pass"
        self._is_public = bool(options.listen)  # CGI Workbench passes an HTTP_PROXY of its settings alone
        self._own = dict(VARIABLES)
        self._params = self._words = None
        self._wanted = self._own
        self._changed = set()  # by the script, behind os.environ
        self._time_zone = VARIABLES.get(b"TZ"), time.tzname

    def functions(self):
        """For the module `os`."""
        return {"putenv": self._puts, "unsetenv": self._unsets}

    def give(self, params):
        if params != self._params:
            variables = dict(decode_pairs(params))
            if self._is_public:
                variables.pop(b"HTTP_PROXY", None)  # a client would choose the proxy of the script's own requests
            self._params, self._wanted = params, {**self._own, **settable(variables)}
            query = variables.get(b"QUERY_STRING") if self._takes_words else None
            self._words = search_words(variables.get(b"REQUEST_METHOD"), query)
        self._set(self._wanted)
        sys.argv[1:] = self._words

    def put_back(self):
        """That of the process without a request."""
        self._set(self._own)

    def _set(self, wanted):
        if VARIABLES != wanted or self._changed:
            self._change(wanted)
        VARIABLES.clear()  # for the order of its names
        VARIABLES.update(wanted)
        zone = wanted.get(b"TZ")
        if self._time_zone != (zone, time.tzname) and _set_time_zone:
            _set_time_zone()
            self._time_zone = zone, time.tzname

    def _change(self, wanted):
        changed = self._changed.union(name for name in VARIABLES if name not in wanted)
        changed.update(name for name, value in wanted.items() if VARIABLES.get(name) != value)
        for name in changed:
            if name in wanted:
                putenv(name, wanted[name])
            else:
                unsetenv(name)
        self._changed.clear()

    def _puts(self, key, value):
        putenv(key, value)
        self._changed.add(fsencode(key))

    def _unsets(self, key):
        unsetenv(key)
        self._changed.add(fsencode(key))
