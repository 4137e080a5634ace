# Values as text of a bounded length, and what is inside them.
import io
import sys
from itertools import islice

max_text = 1000
max_items = 20
max_depth = 3
max_children = 200


class Discard(io.StringIO):
    """What a script's own code prints while a value is looked at is no part of the response."""

    def __enter__(self):
        self.kept = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self
        return self

    def __exit__(self, *_):
        sys.stdout, sys.stderr = self.kept

    def write(self, text):
        """Keeps little more than is shown: what prints without end would fill the script's memory."""
        if self.tell() <= max_text:
            super().write(text[: max_text + 1])
        return len(text)


def cut(text):
    return text if len(text) <= max_text else text[:max_text] + "…"


def text_of(error):
    """What an exception says of itself, as Python writes it."""
    try:
        return str(error)
    except BaseException:
        return "<exception str() failed>"


def shown(value, depth=max_depth):
    """Like repr, in bounded time for what is built in."""
    kind = type(value)
    if kind in (str, bytes, bytearray):
        return repr(value) if len(value) <= max_text else repr(value[:max_text]) + "…"
    if kind is int and value.bit_length() > 4000:
        return "<an integer of %d bits>" % value.bit_length()
    if kind in (list, tuple, set, frozenset, dict):
        return collection(value, kind, depth)
    try:
        return cut(repr(value))
    except Exception as error:
        return "<%s while it was shown>" % type(error).__name__


brackets = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), frozenset: ("frozenset({", "})"), dict: ("{", "}")}


def collection(value, kind, depth):
    if not value:
        return repr(value)
    opening, closing = brackets[kind]
    if depth == 0:
        return opening + "…" + closing
    parts = []
    for item in list(islice(value, max_items)):
        text = shown(item, depth - 1)
        parts.append(text + ": " + shown(value[item], depth - 1) if kind is dict else text)
    if len(value) > max_items:
        parts.append("…")
    if kind is tuple and len(parts) == 1:
        parts.append("")
    return cut(opening + ", ".join(parts).strip(" ") + closing)


def children(value):
    """Names and values of what is inside, and how many there are."""
    if isinstance(value, dict):
        return [(name_of(key), value[key]) for key in list(islice(value, max_children))], len(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [(str(at), item) for at, item in enumerate(islice(value, max_children))], len(value)
    own = list(getattr(value, "__dict__", {}).items())
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                own.append((name, getattr(value, name)))
    return [(str(name), item) for name, item in own[:max_children]], len(own)


def name_of(key):
    return cut(key) if isinstance(key, str) else shown(key)


def has_children(value):
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        return len(value) > 0
    if isinstance(value, (type(sys), type)) or callable(value):
        return False
    return bool(getattr(value, "__dict__", None)) or any(kind.__dict__.get("__slots__") for kind in type(value).__mro__)
