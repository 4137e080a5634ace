# Which lines stop the script. A breakpoint on a line without code moves to the next line with some.
import dis
import os


class Breakpoints:
    def __init__(self):
        self.by_path = {}  # by path, then by line: the condition and the message, "" where there is none
        self.by_name = {}
        self.real = {}

    def path(self, name):
        """The file of a code object, by the name that it has there."""
        if name not in self.real:
            self.real[name] = name if name.startswith("<") else os.path.realpath(name)
        return self.real[name]

    def lines(self, name):
        """The breakpoints of a file by their lines; empty: there are none."""
        if name not in self.by_name:
            self.by_name[name] = self.by_path.get(self.path(name), {})
        return self.by_name[name]

    def are_in(self, code):
        wanted = self.lines(code.co_filename)
        return bool(wanted) and any(line in wanted for line in own_lines(code))

    def set(self, path, wanted):
        possible = sorted(lines_of_file(path))
        placed, answers = {}, []
        for asked, condition, message in wanted:
            line = next((line for line in possible if line >= int(asked)), None)
            if line is None:
                answers.append({"verified": False, "line": int(asked), "message": "No code follows this line."})
            else:
                placed[line] = condition, message
                answers.append({"verified": True, "line": line})
        self.by_path[path] = placed
        self.by_name = {}
        return answers


def own_lines(code):
    """The lines of a code object, without those of functions in it."""
    return {line for _, line in dis.findlinestarts(code) if line}


def lines_of_file(path):
    try:
        with open(path, "rb") as source:
            codes = [compile(source.read(), path, "exec", 0, True)]
    except (OSError, SyntaxError, ValueError):
        return set()
    lines = set()
    while codes:
        code = codes.pop()
        lines |= own_lines(code)
        if code.co_name != "<module>":
            lines.discard(code.co_firstlineno)  # that of a def belongs to the code around it
        codes += [constant for constant in code.co_consts if hasattr(constant, "co_code")]
    return lines
