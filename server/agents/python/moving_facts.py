# Finding what a script leaves behind: what there may be more or less of after a request.
import os
import sys
from logging_state import loggers, settings
from state import VARIABLES

DESCRIPTORS = "/proc/self/fd"


def open_files(own):
    """Descriptor -> what it leads to, without the agent's own and the streams."""
    found = {}
    for name in os.listdir(DESCRIPTORS) if os.path.isdir(DESCRIPTORS) else ():
        if int(name) > 2 and int(name) not in own:
            try:
                found[name] = os.readlink("%s/%s" % (DESCRIPTORS, name))
            except OSError:
                pass  # that of the list itself
    return found


def living_children():
    """Process ids, without those that have ended."""
    found = {}
    try:
        with open("/proc/self/task/%d/children" % os.getpid(), "rb") as file:
            for pid in file.read().decode().split():
                with open("/proc/%s/stat" % pid, "rb") as stat:
                    name, _, state = stat.read().decode("latin-1").partition("(")[2].rpartition(")")
                if state.split()[0] != "Z":
                    found[pid] = name
    except OSError:
        pass  # another system, or one has just ended
    return found


def thread_facts():
    """Without the main thread, which threading knows as soon as it is loaded."""
    threading = sys.modules.get("threading")
    threads = threading.enumerate() if threading else ()
    return {("thread", "%s\0%s" % (one.ident, one.name)): one.name
            for one in threads if one is not threading.main_thread()}


def moving_facts(own):
    """What there may be more or less of."""
    facts = {("environment", os.fsdecode(name)): os.fsdecode(value) for name, value in VARIABLES.items()}
    facts.update({("file", "%s\0%s" % one): one[1] for one in open_files(own).items()})
    facts.update({("child", "%s\0%s" % one): one[1] for one in living_children().items()})
    facts.update(thread_facts())
    for name, logger in loggers(sys.modules["logging"]) if "logging" in sys.modules else ():
        handlers, filters, level, propagates, disabled = settings(logger)
        value = "level %s, %d handlers, %d filters" % (level, len(handlers), len(filters))
        facts["logging", name or "root"] = value + ("" if propagates else ", does not propagate") + (
            ", disabled" if disabled else "")
    return facts
