# The command line of the agent.
import os
import sys

DEFAULTS = {
    "mode": "prefork", "listen": "", "workers": 1, "preload": None, "recycle": 0, "grow": 256, "spare": 1,
    "children": 0, "modules": "drop", "globals": "fresh", "detect": "", "words": "pass", "error500": False,
}
CHOICES = {"mode": ("prefork", "persistent", "wsgi", "handler"), "modules": ("drop", "keep"),
           "globals": ("fresh", "keep"), "words": ("pass", "ignore")}


class Options:
    """@throws ValueError with what is wrong."""

    def __init__(self, arguments):
        vars(self).update(DEFAULTS)
        rest = list(arguments)
        while rest and rest[0].startswith("--"):
            name, equals, text = rest.pop(0)[2:].partition("=")
            if name not in DEFAULTS:
                raise ValueError("There is no option --%s." % name)
            setattr(self, name, value_of(name, text if equals else None))
        if len(rest) != 1:
            raise ValueError("Name one script.")
        self.script = os.path.abspath(rest[0])
        self.children = self.children or (16 if self.listen else 1)


def value_of(name, text):
    default = DEFAULTS[name]
    if isinstance(default, bool):
        if text is not None:
            raise ValueError("--%s takes no value." % name)
        return True
    if text is None:
        raise ValueError("--%s needs a value: --%s=..." % (name, name))
    if isinstance(default, int):
        if not text.isdigit():
            raise ValueError("--%s needs a number, not \"%s\"." % (name, text))
        return int(text)
    if text not in CHOICES.get(name, (text,)):
        raise ValueError("--%s is one of %s." % (name, ", ".join(CHOICES[name])))
    return text


def read_options():
    try:
        return Options(sys.argv[1:])
    except ValueError as error:
        print("%s\n\n%s" % (error, __doc__), file=sys.stderr)
        sys.exit(2)
