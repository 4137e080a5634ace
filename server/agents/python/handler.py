# Mode "handler": functions of the file, called by name. /sum?a=1&b=2 calls sum(req, a, b); what mod_python's publisher
# did, in small. The functions are behind a WSGI application, so that requests and responses are those of mode "wsgi".
import types
from application_file import ApplicationFile
from handler_request import HandlerRequest
from wsgi import Wsgi

FIRST = "req"
NO_FUNCTION_TEXT = (
    "%s has no function to call: it defines none whose first parameter is named \"req\"%s. Define one, as in "
    "\"def index(req):\", or run the file as CGI.\n")


class Handler(Wsgi):
    def __init__(self, listener, script, options):
        super().__init__(listener, script, options)
        self._file = HandlerFile(script)


class HandlerFile(ApplicationFile):
    none = NO_FUNCTION_TEXT

    def is_meant(self, code):
        return any(isinstance(one, types.CodeType) and one.co_varnames[:1] == (FIRST,) for one in code.co_consts)

    def found(self, module):
        from inspect import signature
        functions = {name: list(signature(one).parameters.values()) for name, one in vars(module).items()
                     if name[:1] != "_" and type(one) is types.FunctionType and one.__module__ == module.__name__}
        published = {name: (vars(module)[name], parameters) for name, parameters in functions.items()
                     if parameters and parameters[0].name == FIRST}
        return Functions(published) if published else None


class Functions:
    """A WSGI application of published functions, each with its parameters."""

    def __init__(self, published):
        self._published = published

    def __call__(self, environ, start_response):
        name, path_info = self._chosen(environ["PATH_INFO"])
        req = HandlerRequest(environ, start_response, path_info)
        if name is None:
            return req.refuse(404, "There is no function for the path \"%s\"." % environ["PATH_INFO"])
        function, parameters = self._published[name]
        positional, named, missing = bound(parameters[1:], req.form)
        if missing:
            return req.refuse(400, "%s needs %s." % (name, ", ".join(missing)))
        result = function(req, *positional, **named)
        return req.end_of_handler(result) if name == "handler" else req.respond(result)

    def _chosen(self, path):
        """The name of the function, and the path behind it: `index` without a name, `handler` for every other."""
        first, slash, rest = path[1:].partition("/")
        if first and first != "handler" and first in self._published:
            return first, slash + rest
        if not first and "index" in self._published:
            return "index", path
        return ("handler", path) if "handler" in self._published else (None, path)


def bound(parameters, form):
    """Values by position, values by name, names without a value. A repeated field is a list."""
    positional, named, missing = [], {}, []
    values = {name: every[0] if len(every) == 1 else every for name, every in form.items() if name != FIRST}
    for one in parameters:
        if one.kind is one.VAR_KEYWORD:
            named.update((name, value) for name, value in values.items() if name not in named)
        elif one.name in values:
            if one.kind is one.POSITIONAL_ONLY:
                positional.append(values[one.name])
            elif one.kind is not one.VAR_POSITIONAL:
                named[one.name] = values[one.name]
        elif one.kind is one.POSITIONAL_ONLY and one.default is not one.empty:
            positional.append(one.default)  # it has a place before the values that follow
        elif one.default is one.empty and one.kind is not one.VAR_POSITIONAL:
            missing.append(one.name)
    return positional, named, missing
