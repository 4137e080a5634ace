# The file of an application: loaded as a module at its first request, and again when it has changed.
import sys
from script import SOURCE_LOADER

APPLICATION_NAMES = ("application", "app")
NO_APPLICATION = 78  # EX_CONFIG of sysexits.h: the status of a request to a file without an application
NO_APPLICATION_TEXT = (
    "%s has no application: it defines no callable named \"application\" or \"app\" (PEP 3333)%s. "
    "Define one, or run the file as CGI.\n")


class NoApplication(Exception):
    """The file is not one of an application. Its cause, if it has one, is what ended the file early."""


class ApplicationFile:
    none = NO_APPLICATION_TEXT

    def __init__(self, script):
        self._script = script
        self._application = self.module = None

    def application(self):
        """@raises NoApplication, or what the file raises while it is loaded; then the next request tries again"""
        if self._script.refresh():
            self._application = None
        if self._application is None:
            self._application = self._load()
        return self._application

    def _load(self):
        code = self._script.code()
        module = self._module()
        try:
            exec(code, vars(module))
        except BaseException as error:
            del sys.modules[module.__name__]
            if isinstance(error, SystemExit) or not self.is_meant(code):
                raise NoApplication(self._text(", and %s ended it" % type(error).__name__)) from error
            raise
        found = self.found(module)
        if found is None:
            del sys.modules[module.__name__]
            raise NoApplication(self._text(""))
        self.module = module
        return found

    def is_meant(self, code):
        """Whether the file looks as if it were one of an application: then its own error says more."""
        return set(APPLICATION_NAMES).intersection(code.co_names)

    def found(self, module):
        for name in APPLICATION_NAMES:
            if callable(vars(module).get(name)):
                return vars(module)[name]
        return None

    def _module(self):
        """Not `__main__`: there, a file may start a server of its own."""
        from os.path import realpath
        from importlib.util import find_spec, module_from_spec, spec_from_file_location
        path = self._script.path
        name = path.rpartition("/")[2].partition(".")[0]
        known = sys.modules.get(name)
        place = getattr(known, "__file__", None) if known else getattr(find_spec(name), "origin", path)
        if not name.isidentifier() or realpath(place or "") != realpath(path):
            name = "_application"  # the file itself may import another module of that name
        module = module_from_spec(spec_from_file_location(name, path, loader=SOURCE_LOADER(name, path)))
        module.__builtins__ = sys.modules["builtins"]
        sys.modules[name] = module
        return module

    def _text(self, why):
        return self.none % (self._script.path, why)
