# Finding what an application leaves behind (--detect=FILE): it stays loaded, and nothing is put back between requests.
import sys
from detector import THIS_PROCESS, Detector
from state_facts import PLAIN

ATTRIBUTES = ("attribute", "growth", "content")


class ApplicationDetector(Detector):
    """What the first request of a process opens, starts or fills may be meant to stay: it counts when it goes on."""

    _is_ready = False
    _is_first = True

    def before(self, file):
        """Loads the application, whose own changes are made once in a process."""
        self._is_ready = False
        try:
            file.application()
        except BaseException:
            return  # the request itself finds it out, and says so
        self._is_ready = True
        self.arrive()
        self.begin(file.module)

    def after(self):
        if self._is_ready:
            self.script_ended()
            self._changed = ()
            if self._is_first:
                self._threads = []
            self.finish()
            self._is_first = False

    def _globals(self):
        return []  # they are attributes of a module that stays

    def _differences(self, taken):
        named = [(self._named(key), was, is_now) for key, was, is_now in super()._differences(taken)]
        return [one for one in named if not self._is_first or self._counts_at_first(*one[0])]

    def _named(self, key):
        """Variables of the file itself are known by their names there."""
        kind, name = key
        module, _, rest = name.rpartition(".")
        return ("global", rest) if kind in ATTRIBUTES and module == self._main.__name__ else key

    def _counts_at_first(self, kind, name):
        if kind in THIS_PROCESS:
            return False
        return kind != "global" or type(vars(self._main).get(name)) in PLAIN
