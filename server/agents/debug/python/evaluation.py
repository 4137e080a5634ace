# Expressions of a person in a frame of the script.
from values import Discard, cut, shown


def names_of(frame):
    """Functions and comprehensions within an expression see the frame's names, too."""
    names = dict(frame.f_globals)
    names.update(frame.f_locals)
    return names


def evaluated(expression, frame):
    """The value, and what was printed. A statement has no value, and what it assigns stays."""
    with Discard() as out:
        try:
            code = compile(expression.strip(), "<evaluated>", "eval")
        except SyntaxError:
            exec(compile(expression, "<evaluated>", "exec"), frame.f_globals, frame.f_locals)
            return None, out.getvalue(), False
        return eval(code, names_of(frame)), out.getvalue(), True


def holds(condition, frame):
    """A condition that cannot be evaluated stops, so that the person sees it."""
    try:
        return bool(evaluated(condition, frame)[0])
    except Exception:
        return True


def filled(message, frame):
    """A log point's text: each second part is an expression."""

    def value(expression):
        try:
            result = evaluated(expression, frame)[0]
        except Exception as error:
            return "{%s: %s}" % (expression, type(error).__name__)
        return cut(result) if isinstance(result, str) else shown(result)

    parts = message.split("\0")
    parts[1::2] = map(value, parts[1::2])
    return "".join(parts)
