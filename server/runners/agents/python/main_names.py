# The names of `__main__` at the script's end: objects go before what their finalizers use.
import gc
import types
from script import MAIN_NAMES


def clear_names(module):
    """
    Python calls every finalizer while all names have their values. Here objects with one go first, then what may hold
    such an object, at last what their methods need. That goes in the order of Python's end: names with one underscore,
    then the others, so that files are closed.
    """
    names = vars(module)
    clear(names, has_finalizer)
    clear(names, may_hold_others)
    for private in (True, False):
        for name in list(names):
            if (name[:1] == "_" and name[1:2] != "_") == private and name != "__builtins__":
                names[name] = None


def clear(names, goes_now):
    chosen = [name for name, value in list(names.items()) if name not in MAIN_NAMES and goes_now(value)]
    for name in chosen:
        names[name] = None  # not by the collector: it closes a file below its buffer
    if chosen:
        gc.collect()


def has_finalizer(value):
    return any("__del__" in vars(one) for one in type(value).__mro__)


def may_hold_others(value):
    """And is not called by them."""
    return gc.is_tracked(value) and not callable(value) and not isinstance(value, types.ModuleType)
