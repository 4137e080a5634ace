# What a module holds, as one number: whether an import at another time would have made another module.
import sys
from types import FunctionType, ModuleType

PLAIN_KINDS = str, bytes, int, float, complex
BASE_KINDS = *PLAIN_KINDS, dict, set, frozenset, list, tuple
SHOWN = "datetime", "decimal", "fractions", "logging", "pathlib", "re", "uuid"  # their objects say what they are
WRAPPERS = {property: ("fget", "fset", "fdel"), staticmethod: ("__func__",), classmethod: ("__func__",)}
NO_FACTS = "__builtins__", "__loader__", "__spec__", "__warningregistry__", "__slotnames__", "__annotations__"
FILLED_LATER = {"sys": ("modules", "path_importer_cache")}
DEPTH = 6


def facts_of(names, known):
    """By name, of modules. What one of those that are known holds is only named: it is not theirs."""
    held = {id(one) for name in known for one in module_names(name).values()}
    return {name: hash(str(facts_of_module(name, held))) for name in names}


def facts_of_module(name, held):
    left = (*NO_FACTS, *FILLED_LATER.get(name, ()))
    seen = set()
    return [(one, facts(value, name, seen, held, DEPTH)) for one, value in sorted(module_names(name).items())
            if one not in left and not is_submodule(value, name)]


def module_names(name):
    module = sys.modules.get(name)
    return {one: value for one, value in list(vars(module).items()) if type(one) is str} if type(
        module) is ModuleType else {}


def is_submodule(value, name):
    """Any module may have loaded it, also later."""
    return type(value) is ModuleType and str(vars(value).get("__name__")).startswith(name + ".")


def facts(value, own, seen, held, depth):
    """No code of the value runs. Of what another module defines, its name."""
    kind = type(value)
    said = ["%s.%s" % (kind.__module__, kind.__qualname__)]
    if value is None or kind in PLAIN_KINDS:
        return [*said, repr(value)]
    is_own = kind.__module__ == own
    if depth == 0 or id(value) in seen or id(value) in held and not is_own:
        return said
    seen.add(id(value))
    parts = ()
    if kind is ModuleType:
        said.append(vars(value).get("__name__"))
    elif kind is FunctionType or issubclass(kind, type):
        said += [value.__module__, value.__qualname__]
        if value.__module__ == own:
            parts = parts_of_function(value) if kind is FunctionType else parts_of(vars(value))
    elif kind in WRAPPERS:
        parts = [getattr(value, one) for one in WRAPPERS[kind]]
    else:
        base = next((one for one in BASE_KINDS if issubclass(kind, one)), None)
        if base is dict:
            parts = [part for pair in dict.items(value) for part in pair]
        elif base in (set, frozenset):
            said += sorted(str(facts(one, own, seen, held, depth - 1)) for one in base.__iter__(value))
        elif base in (list, tuple):
            parts = list(base.__iter__(value))
        elif base or kind.__module__ in SHOWN:
            said.append((base or kind).__repr__(value))
        parts = [*parts, *attributes_of(value)]
    return said + [facts(one, own, seen, held, depth - 1) for one in parts]


def parts_of_function(value):
    cells = [cell.cell_contents for cell in value.__closure__ or () if cell != type(cell)()]
    return [value.__code__.co_firstlineno, value.__defaults__, value.__kwdefaults__, *cells]


def parts_of(names):
    return [part for name, one in names.items() if name not in NO_FACTS for part in (name, one)]


def attributes_of(value):
    try:
        return parts_of(object.__getattribute__(value, "__dict__"))
    except (AttributeError, TypeError):
        return []
