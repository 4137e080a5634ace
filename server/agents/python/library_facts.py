# Finding what a script leaves behind: attributes of the modules that stay, and of their classes, with what their lists,
# dictionaries and sets contain.
import sys
from types import ModuleType
from state_facts import ABSENT_FACT, CONTAINERS, PLAIN, shown

# The agent sets these anew for each request, or Python does.
OF_THE_AGENT = {
    "os": {"_exit", "abort", "kill", "execv", "execve", "close", "closerange", "environ", "environb"},
    "sys": {"stdin", "__stdin__", "__stdout__", "__stderr__", "modules", "path", "argv", "warnoptions", "meta_path",
            "path_hooks", "path_importer_cache", "last_type", "last_value", "last_traceback", "last_exc"},
    "posix": {"environ"}, "atexit": {"register"}, "builtins": {"_"}, "gc": {"garbage"},
    "time": {"tzname", "timezone", "altzone", "daylight"}, "warnings": {"filters", "onceregistry"},
    "signal": {"raise_signal"},
}
# What a library keeps for itself under a public name.
CACHES = {"linecache.cache", "mimetypes.inited", "tempfile.tempdir", "zipimport.zipimporter"}
NEVER = {"__warningregistry__", "__builtins__", "__dict__", "__weakref__", "__doc__", "__annotations__", "__cached__"}
LARGEST_COPY = 10000  # items


def copied(value):
    return value.copy() if type(value) in CONTAINERS and len(value) <= LARGEST_COPY else None


class LibraryFacts:
    """`skips`: modules that are not examined, by their objects."""

    def __init__(self, skips):
        self.owners = {}
        for name, module in list(sys.modules.items()):
            if isinstance(module, ModuleType) and module not in skips and name != "__main__":
                self._add(name, module)
        self.modules = {name: module for name, module in sys.modules.items() if name != "__main__"}

    def _add(self, name, module):
        names = vars(module)
        values = dict(names)
        self.owners[name] = names, values, {key: copied(value) for key, value in values.items()
                                            if type(value) in CONTAINERS and value is not names}
        for key, value in values.items():
            if isinstance(value, type) and getattr(value, "__module__", None) == name:
                of_class = dict(vars(value))
                self.owners["%s.%s" % (name, key)] = value, of_class, {
                    one: copied(inner) for one, inner in of_class.items() if type(inner) in CONTAINERS}

    def differences(self):
        """(kind, name, before, after) of each attribute that is another now. Values as text."""
        for owner, (live, before, contents) in self.owners.items():
            now = live if isinstance(live, dict) else vars(live)
            ignored = OF_THE_AGENT.get(owner, ())
            for key in [*before, *[one for one in list(now) if one not in before]]:
                if not isinstance(key, str) or key in NEVER or key in ignored:
                    continue
                was, is_now = before.get(key, ABSENT_FACT), now.get(key, ABSENT_FACT)
                name = "%s.%s" % (owner, key)
                if was is not is_now:
                    if type(was) in PLAIN and type(was) is type(is_now) and was == is_now:
                        continue
                    if isinstance(is_now, ModuleType) and was is ABSENT_FACT:
                        continue  # a package knows the modules in it that are loaded
                    yield "attribute", name, shown(was), shown(is_now)
                elif contents.get(key) is not None and not is_same(contents[key], was):
                    kind = "growth" if len(was) > len(contents[key]) else "content"
                    yield kind, name, shown(contents[key]), shown(was)
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                yield "module", name, "loaded", "another" if name in sys.modules else None


def is_same(before, now):
    """Item by item: equality would run code of the items."""
    if len(before) != len(now):
        return False
    if isinstance(now, dict):
        return all(key in before and before[key] is value for key, value in now.items())
    if isinstance(now, list):
        return all(one is other for one, other in zip(before, now))
    return set(map(id, before)) == set(map(id, now)) if isinstance(now, set) else before == now


def is_bookkeeping(name):
    """A library's own by its name: what begins with an underscore, and known caches."""
    return name in CACHES or any(part.startswith("_") for part in name.split(".")[1:])


def attribute_reader(name):
    """A function for the state of the attribute now: its identity and how much is in it. None if it has no owner."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        owner = sys.modules.get(".".join(parts[:end]))
        if owner is None:
            continue
        for part in parts[end:-1]:
            owner = vars(owner).get(part) if hasattr(owner, "__dict__") else None
        if not hasattr(owner, "__dict__"):
            return None

        def read(owner=owner, key=parts[-1]):
            value = vars(owner).get(key, ABSENT_FACT)
            if type(value) not in CONTAINERS:
                return id(value)
            items = value.values() if isinstance(value, dict) else value
            return id(value), len(value), tuple(map(id, items)) if len(value) <= 64 else None

        return read
    return None
