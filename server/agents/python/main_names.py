# The names of `__main__` at the script's end: objects go before what their finalizers use.
import gc
import types
from _io import _IOBase
from script import MAIN_NAMES

NAMED_BY_FINALIZERS = types.ModuleType, _IOBase


def clear_names(module):
    """
    Python calls every finalizer while all names have their values. Here objects with one go first, then what may hold
    such an object, at last what their methods need. That goes in the order of Python's end: names with one underscore,
    then the others, so that files are closed.
    """
    names = vars(module)
    needs_collections = any(has_finalizer(value) or defines_finalizer(value) for value in list(names.values()))
    clear(names, has_finalizer, needs_collections)
    clear(names, may_hold_others, needs_collections)
    for private in (True, False):
        for name in list(names):
            if (name[:1] == "_" and name[1:2] != "_") == private and name != "__builtins__":
                names[name] = None


def clear(names, goes_now, collects):
    chosen = [name for name, value in list(names.items()) if name not in MAIN_NAMES and goes_now(value)]
    for name in chosen:
        names[name] = None  # not by the collector: it closes a file below its buffer
    if collects:
        gc.collect()


# These ask for types alone: an object may have code of its own that answers, such as a proxy.


def has_finalizer(value):
    return finalizes(type(value)) or type(value) is types.GeneratorType and value.gi_frame is not None


def defines_finalizer(value):
    return issubclass(type(value), type) and finalizes(value)


def finalizes(kind):
    """In Python: the finalizers of files use no globals."""
    return any(type(vars(one).get("__del__")) is types.FunctionType for one in kind.__mro__)


def may_hold_others(value):
    """Such an object, and no finalizer calls it: no function, class, module or file."""
    return gc.is_tracked(value) and not callable(value) and not issubclass(type(value), NAMED_BY_FINALIZERS)
