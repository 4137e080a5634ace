#!/usr/bin/env python3
# A form with a file: what arrived is told, nothing is kept.
#
# A form with files travels as multipart/form-data: parts with headers of
# their own, as in a mail with attachments. So Python's mail parser reads
# those; the cgi module, which used to, was removed in Python 3.13.
import os
import re
import sys
from email.parser import BytesParser
from email.policy import HTTP
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
    content_type = os.environ.get("CONTENT_TYPE", "")
    if not content_type.lower().startswith("multipart/form-data"):
        return refuse("415 Unsupported Media Type", "Send it as multipart/form-data.")

    # The boundary that separates the parts is told in the header. The last
    # one has "--" behind it; what comes before the first one does not count.
    boundary = parse(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n").get_boundary()
    body = sys.stdin.buffer.read(int(length))
    parts = split(body, boundary.encode("utf-8", "surrogateescape"))[1:] if boundary else []
    if not parts or not parts[-1].startswith(b"--"):
        return refuse("400 Bad Request", "The parts cannot be told apart: the boundary is missing, or the body is cut short.")
    show_page([describe(parse(part.partition(b"\n")[2])) for part in parts[:-1]])


def split(body: bytes, boundary: bytes) -> list:
    # The line end before a boundary belongs to it, not to the part.
    return re.split(rb"\r?\n--" + re.escape(boundary) + rb"(?=--|[ \t]*\r?\n)", b"\n" + body)


def parse(part: bytes):
    # Only the headers: a file may be a mail itself, and the parser would take
    # that apart, too.
    return BytesParser(policy=HTTP).parsebytes(part, headersonly=True)


def describe(part) -> str:
    field = part.get_param("name", "", header="content-disposition")
    content = part.get_payload(decode=True)  # bytes, as they were sent
    if part.get_filename() is None:
        return f"<li><b>{escape(field)}</b>: {escape(content.decode('utf-8', 'replace'))}"
    # A file's name is the sender's: good for showing (escaped!), never as a
    # path to write to. "../../etc/passwd" is a name too.
    return (
        f"<li><b>{escape(field)}</b>: the file “{escape(part.get_filename())}”, {len(content)} bytes, "
        f"said to be {escape(part.get_content_type())}, SHA-256 <code>{sha256(content).hexdigest()}</code>"
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
