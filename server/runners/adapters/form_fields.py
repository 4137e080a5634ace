"""Form fields of a CGI request: a replacement for cgi.FieldStorage, which Python 3.13 removed.

    import form_fields as cgi
    form = cgi.FieldStorage()
    form.getfirst("name", ""), form.getlist("tag"), "file" in form, form["file"].filename, form["file"].file

It parses the query string and request bodies of the types application/x-www-form-urlencoded and multipart/form-data.
"""
import html
import io
import os
import re
import sys
import tempfile
import traceback
from email.message import Message
from urllib.parse import parse_qsl

maxlen = 0  # limit of the request body in bytes; 0: no limit


class FieldStorage:
    """All fields of a request, or one of them."""

    def __init__(self, fp=None, headers=None, outerboundary=b"", environ=os.environ, keep_blank_values=0, strict_parsing=0,
                 limit=None, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
        self.name = self.filename = None
        self.type, self.type_options = "application/x-www-form-urlencoded", {}
        self.disposition, self.disposition_options = "", {}
        self.headers = headers or {}
        self.list = []
        self.file = self._value = None
        self.encoding, self.errors = encoding, errors
        self.length = -1
        query = dict(keep_blank_values=bool(keep_blank_values), strict_parsing=bool(strict_parsing),
                     encoding=encoding, errors=errors, max_num_fields=max_num_fields)
        if separator != "&":
            query["separator"] = separator
        if environ.get("REQUEST_METHOD", "GET").upper() in ("GET", "HEAD"):
            self._add_pairs(environ.get("QUERY_STRING", ""), query)
            return
        content_type = self.headers.get("content-type") or environ.get("CONTENT_TYPE", self.type)
        self.type, self.type_options = parse_header(content_type)
        length = self.headers.get("content-length") or environ.get("CONTENT_LENGTH") or "-1"
        self.length = int(length) if length.lstrip("-").isdigit() else -1
        if maxlen and self.length > maxlen:
            raise ValueError("Maximum content length exceeded")
        stream = fp or sys.stdin.buffer
        if isinstance(stream, io.TextIOBase):
            stream = stream.buffer
        body = stream.read(self.length) if self.length >= 0 else stream.read()
        if self.type == "multipart/form-data":
            self._add_pairs(environ.get("QUERY_STRING", ""), query)
            self._add_parts(body, self.type_options.get("boundary", "").encode("ascii", "replace"))
        elif self.type == "application/x-www-form-urlencoded":
            self._add_pairs(body.decode("ascii", "surrogateescape").encode("utf-8", "surrogateescape").decode(encoding, errors), query)
            self._add_pairs(environ.get("QUERY_STRING", ""), query)
        else:
            self.list = None
            self.file = io.BytesIO(body)

    def _add_pairs(self, text, query):
        for name, value in parse_qsl(text, **query):
            self.list.append(MiniFieldStorage(name, value))

    def _add_parts(self, body, boundary):
        if not boundary:
            raise ValueError("multipart/form-data without a boundary")
        # A delimiter is on its own line: CRLF, two dashes, the boundary; the last one has two more dashes.
        delimiter = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|$)")
        found = list(delimiter.finditer(body))
        for here, following in zip(found, found[1:]):
            if here.group(1):
                break
            part = body[here.end():following.start()]
            part = part[2:] if part.startswith(b"\r\n") else part[1:]
            if part.startswith((b"\r\n", b"\n")):
                continue  # without headers the part has no name
            head, _, content = part.partition(b"\r\n\r\n") if b"\r\n\r\n" in part else part.partition(b"\n\n")
            self.list.append(self._field(head.decode(self.encoding, "replace"), content))

    def _field(self, head, content):
        field = FieldStorage.__new__(FieldStorage)
        field.headers = Message()
        for line in re.sub(r"\r?\n[ \t]+", " ", head).splitlines():
            name, colon, value = line.partition(":")
            if colon:
                field.headers[name.strip()] = value.strip()
        field.disposition, field.disposition_options = parse_header(field.headers.get("content-disposition", ""))
        field.name = field.disposition_options.get("name")
        field.filename = field.disposition_options.get("filename")
        field.type, field.type_options = parse_header(field.headers.get("content-type", "text/plain"))
        field.encoding, field.errors = self.encoding, self.errors
        field.list = None
        field.length = len(content)
        field._value = content if field.filename is not None else content.decode(self.encoding, self.errors)
        field.file = io.BytesIO(content) if field.filename is not None else io.StringIO(field._value)
        return field

    @property
    def value(self):
        """The text of a field, the bytes of a file, or the list of fields."""
        if self._value is not None:
            return self._value
        if self.file is not None:
            self.file.seek(0)
            self._value = self.file.read()
            self.file.seek(0)
            return self._value
        return self.list

    def make_file(self):
        return tempfile.TemporaryFile("wb+")

    def getvalue(self, key, default=None):
        found = self.getlist(key)
        return default if not found else found[0] if len(found) == 1 else found

    def getfirst(self, key, default=None):
        found = self.getlist(key)
        return found[0] if found else default

    def getlist(self, key):
        return [item.value for item in self.list or [] if item.name == key]

    def keys(self):
        return list(dict.fromkeys(item.name for item in self._fields()))

    def _fields(self):
        if self.list is None:
            raise TypeError("not indexable")
        return self.list

    def __getitem__(self, key):
        found = [item for item in self._fields() if item.name == key]
        if not found:
            raise KeyError(key)
        return found[0] if len(found) == 1 else found

    def __contains__(self, key):
        return any(item.name == key for item in self._fields())

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __bool__(self):
        return bool(self._fields())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.file is not None:
            self.file.close()

    def __repr__(self):
        return "FieldStorage(%r, %r, %r)" % (self.name, self.filename, self.value)


class MiniFieldStorage:
    """A field of a query string or a form post."""

    filename = list = type = file = disposition = None

    def __init__(self, name, value):
        self.name, self.value = name, value
        self.type_options, self.disposition_options, self.headers = {}, {}, {}

    def __repr__(self):
        return "MiniFieldStorage(%r, %r)" % (self.name, self.value)


def parse_header(line):
    """'text/html; charset=utf-8' as ('text/html', {'charset': 'utf-8'})."""
    key, options = "", {}
    for at, piece in enumerate(re.findall(r'(?:[^;"]|"(?:\\.|[^"\\])*")+', line)):
        if at == 0:
            key = piece.strip()
            continue
        name, equals, value = piece.partition("=")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] == '"':
            value = value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        if equals:
            options[name.strip().lower()] = value
    return key, options


def escape(text, quote=None):
    return html.escape(text, quote=bool(quote))


def print_environ(environ=os.environ):
    print("\n<H3>Shell Environment:</H3>\n<DL>")
    for key in sorted(environ):
        print("<DT>", html.escape(key), "<DD>", html.escape(environ[key]))
    print("</DL>\n")


def enable(display=1, logdir=None, context=5, format="html"):
    """Like cgitb.enable(): shows an error as a page, and logs it."""
    sys.excepthook = lambda *error: _report(error, display)


def handler(info=None):
    """Like cgitb.handler(): the same for the given exception, or for the one that is being handled."""
    _report(info or sys.exc_info(), True)


def _report(error, display):
    text = "".join(traceback.format_exception(*error))
    sys.stderr.write(text)
    if display:
        sys.stdout.write("Content-Type: text/plain; charset=utf-8\n\n" + text)
