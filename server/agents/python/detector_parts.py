# Finding what a script leaves behind: earlier reports, the script's source, the process's memory.
import os
from json.encoder import encode_basestring_ascii as quoted


def only_in(values, others):
    """None if there is nothing."""
    return ", ".join(str(one) for one in values if one not in others)[:200] or None


def reports_in(file):
    if not os.path.exists(file):
        return []
    import json
    with open(file, encoding="utf-8") as lines:
        return [report for report in map(json.loads, lines) if "kept" in report]


def json_text(value):
    """JSON of what a report consists of: a script may patch the module `json`."""
    if isinstance(value, dict):
        return "{%s}" % ",".join(["%s:%s" % (quoted(name), json_text(one)) for name, one in value.items()])
    if isinstance(value, list):
        return "[%s]" % ",".join([json_text(one) for one in value])
    if isinstance(value, str):
        return quoted(value)
    return "null" if value is None else str(value).lower()


def augmented_names(script):
    """Variables that the script changes by what they were: `n += 1`."""
    import ast
    try:
        with open(script, "rb") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return set()
    return {node.target.id for node in ast.walk(tree)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)}


def resident_bytes():
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
