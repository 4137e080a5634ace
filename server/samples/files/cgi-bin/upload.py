#!/usr/bin/env python3
# A form with a file: what arrived is told, nothing is kept.
#
# A form with files travels as multipart/form-data: parts with headers of
# their own, as in a mail with attachments. Python's cgi module, which used to
# read them, was removed in 3.13. Its mail parser is no substitute: in a file
# name it takes a backslash for a quoting mark, which browsers do not.
import os
import re
import sys
from hashlib import sha256
from html import escape

MAX_BODY_BYTES = 8 * 1024 * 1024

sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def main() -> None:
    method = os.environ.get("REQUEST_METHOD", "GET")
    if method in ("GET", "HEAD"):
        show_page([])
    elif method == "POST":
        receive()
    else:
        refuse("405 Method Not Allowed", "This page knows GET and POST.", "Allow: GET, HEAD, POST")


def receive() -> None:
    length = os.environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit():
        return refuse("411 Length Required", "How long is the body?")
    if int(length) > MAX_BODY_BYTES:  # before a byte of it is read
        return refuse("413 Content Too Large", f"{MAX_BODY_BYTES} bytes at most.")
    content_type = os.environb.get(b"CONTENT_TYPE", b"")  # bytes: clients may send any
    if not content_type.lower().startswith(b"multipart/form-data"):
        return refuse("415 Unsupported Media Type", "Send it as multipart/form-data.")

    # The boundary that separates the parts is told in the header. The last
    # one has "--" behind it; what comes before the first one does not count.
    boundary = parameters(content_type).get(b"boundary")
    body = sys.stdin.buffer.read(int(length))
    parts = split(body, boundary)[1:] if boundary else []
    if not parts or not parts[-1].startswith(b"--"):
        return refuse("400 Bad Request", "The parts cannot be told apart: the boundary is missing, or the body is cut short.")
    show_page([describe(part) for part in parts[:-1]])


def split(body: bytes, boundary: bytes) -> list:
    # The line end before a boundary belongs to it, not to the part.
    return re.split(rb"\r?\n--" + re.escape(boundary) + rb"(?=--|[ \t]*\r?\n)", b"\n" + body)


def parameters(header: bytes) -> dict:
    """{b"name": b"file"} of b'form-data; name="file"'."""
    found = re.findall(rb';\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;]*))', header)
    return {name.lower(): quoted or token for name, quoted, token in found}


def text_of(value: bytes) -> str:
    # Browsers write three characters of a name in another way: a quotation
    # mark would end it, a line end the header.
    value = re.sub(rb"%(22|0D|0A)", lambda code: bytes.fromhex(code[1].decode()), value)
    return value.decode("utf-8", "replace")


def describe(part: bytes) -> str:
    # Headers, a blank line, and the content: bytes, as they were sent.
    head, *rest = re.split(rb"\r?\n\r?\n", part, maxsplit=1)
    content = rest[0] if rest else b""
    lines = [line.partition(b":") for line in head.splitlines()]
    headers = {name.lower(): value.strip() for name, _, value in lines}
    disposition = parameters(headers.get(b"content-disposition", b""))
    field = escape(text_of(disposition.get(b"name", b"")))
    if b"filename" not in disposition:
        return f"<li><b>{field}</b>: {escape(content.decode('utf-8', 'replace'))}"
    # A file's name is the sender's: good for showing (escaped!), never as a
    # path to write to. "../../etc/passwd" is a name too.
    file_name = escape(text_of(disposition[b"filename"]))
    kind = headers.get(b"content-type", b"text/plain").partition(b";")[0].decode("utf-8", "replace")
    return (
        f"<li><b>{field}</b>: the file “{file_name}”, {len(content)} bytes, "
        f"said to be {escape(kind.strip())}, SHA-256 <code>{sha256(content).hexdigest()}</code>"
    )


def show_page(parts: list) -> None:
    print("Content-Type: text/html; charset=utf-8")
    print()
    print(f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Upload</title>
<h1>Upload</h1>
<form method="post" enctype="multipart/form-data" action="{escape(os.environ.get("SCRIPT_NAME", ""))}">
<p><label>What is it? <input name="title"></label></p>
<p><label>File <input name="file" type="file" required></label></p>
<p><button>Send</button></p>
</form>
<ul>
{chr(10).join(parts)}
</ul>""")


def refuse(status: str, why: str, *headers: str) -> None:
    for line in (f"Status: {status}", "Content-Type: text/plain; charset=utf-8", *headers):
        print(line)
    print()
    print(why)


main()
