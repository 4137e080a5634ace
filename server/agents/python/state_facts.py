# Finding what a script leaves behind: the state of the process as facts, each with a kind, a name and a value that
# can be compared and printed.
import gc
import os
import signal
import sys
import time
import warnings
from _locale import LC_ALL, setlocale
from _signal import ITIMER_REAL, SIG_DFL, SIG_IGN, getitimer, getsignal
from state import SIGNALS

PLAIN = (str, bytes, int, float, bool, type(None))
CONTAINERS = (list, dict, set, bytearray)
LONGEST_VALUE = 200


def shown(value):
    """A value as text; None for one that is not there. Never a `repr` of the script's own: it may do anything."""
    if value is ABSENT_FACT:
        return None
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if isinstance(value, tuple):
        return ", ".join(map(str, map(shown, value)))[:LONGEST_VALUE]
    if type(value) is int and value.bit_length() > LONGEST_VALUE:
        return "a number of %d bits" % value.bit_length()  # Python refuses to print very long ones
    if type(value) in PLAIN:
        return repr(value)[:LONGEST_VALUE]
    if type(value) in CONTAINERS:
        return "%d items" % len(value) if len(value) != 1 else "1 item"
    name = getattr(value, "__qualname__", None)
    return "%s %s" % (type(value).__name__, name) if isinstance(name, str) else type(value).__name__


ABSENT_FACT = object()


def current_umask():
    mask = os.umask(0o22)
    os.umask(mask)
    return "%03o" % mask


def working_directory():
    try:
        return os.getcwd()
    except OSError:
        return "(removed)"


def handler_of(number):
    handler = getsignal(number)
    return {SIG_DFL: "SIG_DFL", SIG_IGN: "SIG_IGN"}.get(handler) or shown(handler)


def signal_name(number):
    return getattr(number, "name", None) or str(number)


def locale_of_process():
    """The locale of most categories, and the categories with another."""
    of_categories = dict(one.partition("=")[::2] for one in setlocale(LC_ALL).split(";"))
    values = list(of_categories.values())
    most = max(values, key=values.count) if values != [""] else "".join(of_categories)
    return ", ".join([most] + ["%s=%s" % one for one in of_categories.items() if one[1] not in ("", most)])


def of_module(module, function, *arguments):
    """Of a module that may not be loaded: finding out must not load it."""
    found = sys.modules.get(module)
    return getattr(found, function)(*arguments) if hasattr(found, function) else ABSENT_FACT


def fixed_readers():
    """What every process has: (kind, name) -> function."""
    import resource
    readers = {
        ("directory", ""): working_directory,
        ("umask", ""): current_umask,
        ("locale", ""): locale_of_process,
        ("time-zone", ""): lambda: "/".join(dict.fromkeys(time.tzname)),
        ("search-path", "sys.path"): lambda: tuple(map(str, sys.path)),
        ("search-path", "sys.meta_path"): lambda: tuple(map(shown, sys.meta_path)),
        ("search-path", "sys.path_hooks"): lambda: tuple(map(shown, sys.path_hooks)),
        ("timer", "ITIMER_REAL"): lambda: "set" if getitimer(ITIMER_REAL)[0] else "not set",
        ("blocked-signals", ""): lambda: tuple(sorted(map(signal_name, signal.pthread_sigmask(signal.SIG_BLOCK, ())))),
        ("priority", ""): lambda: str(os.getpriority(os.PRIO_PROCESS, 0)),
        ("user", ""): lambda: "%d:%d" % (os.geteuid(), os.getegid()),
        ("setting", "sys.setrecursionlimit"): sys.getrecursionlimit,
        ("setting", "sys.setswitchinterval"): sys.getswitchinterval,
        ("setting", "sys.setprofile"): lambda: shown(sys.getprofile()),
        ("setting", "gc.enable"): gc.isenabled,
        ("setting", "gc.set_threshold"): lambda: shown(gc.get_threshold()),
        ("setting", "warnings.filters"): lambda: tuple(" ".join(map(str, one)) for one in warnings.filters),
        ("setting", "sys.set_int_max_str_digits"): lambda: of_module("sys", "get_int_max_str_digits"),
        ("setting", "socket.setdefaulttimeout"): lambda: of_module("socket", "getdefaulttimeout"),
        ("setting", "csv.field_size_limit"): lambda: of_module("csv", "field_size_limit"),
        ("setting", "csv.register_dialect"): lambda: of_module("csv", "list_dialects") and tuple(sorted(
            sys.modules["csv"].list_dialects())) if "csv" in sys.modules else ABSENT_FACT,
    }
    for number in SIGNALS:
        readers["signal", signal.Signals(number).name] = lambda number=number: handler_of(number)
    for name in (one for one in dir(resource) if one.startswith("RLIMIT_")):
        readers["limit", name] = lambda limit=getattr(resource, name): shown(resource.getrlimit(limit))
    return readers
