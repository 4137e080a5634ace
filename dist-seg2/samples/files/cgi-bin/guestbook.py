#!/usr/bin/env python3
# A guestbook: a form, a POST, a redirect, a GET.
#
# After it has stored an entry the script does not show a page, it sends the
# browser to one (303 See Other). So a reload asks for the page again and
# never stores the entry twice. Watch the two requests arrive, one caused by
# the other.
import fcntl
import json
import os
import sys
from datetime import datetime, timezone
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

MAX_BODY_BYTES = 64 * 1024
MAX_NAME, MAX_MESSAGE = 60, 1000  # characters
SHOWN = 50
# Beside cgi-bin, in a folder that begins with a dot: such names are never
# served, so nobody can fetch the file itself.
STORE = Path(__file__).resolve().parent.parent / ".data" / "guestbook.jsonl"

# Which charset Python writes in depends on the locale, and servers set none:
# say it.
sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def main() -> None:
    method = os.environ.get("REQUEST_METHOD", "GET")
    if method == "POST":
        sign()
    elif method in ("GET", "HEAD"):  # for HEAD the server leaves the body out
        show_page()
    else:
        answer("405 Method Not Allowed", "This page knows GET and POST.", "Allow: GET, HEAD, POST")


def sign() -> None:
    length = os.environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit():
        return answer("411 Length Required", "How long is the body?")
    if int(length) > MAX_BODY_BYTES:
        return answer("413 Content Too Large", "That is more than a guestbook holds.")
    kind = os.environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return answer("415 Unsupported Media Type", "Send it as a form does: application/x-www-form-urlencoded.")

    # Exactly as many bytes as were announced. The page is UTF-8, so browsers
    # send its forms in UTF-8; what is not is replaced.
    body = sys.stdin.buffer.read(int(length))
    fields = parse_qs(body.decode("utf-8", "replace"), encoding="utf-8", errors="replace")
    name = " ".join(fields.get("name", [""])[0].split())[:MAX_NAME]
    message = fields.get("message", [""])[0].strip()[:MAX_MESSAGE]
    if not name or not message:
        return show_page("422 Unprocessable Content", "Both a name and a message, please.", name, message)

    store({"at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "name": name, "message": message})
    answer("303 See Other", "Thank you.", f"Location: {own_url()}")


def store(entry: dict) -> None:
    """Adds a line. Two requests may do so at once: the lock lets them take turns."""
    STORE.parent.mkdir(mode=0o700, exist_ok=True)
    with open(STORE, "a", encoding="utf-8", newline="\n") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")  # "ü" stays readable in the file


def entries() -> list:
    if not STORE.exists():
        return []
    with open(STORE, encoding="utf-8") as file:
        return [json.loads(line) for line in file][-SHOWN:]


def show_page(status: str = "200 OK", why: str = "", name: str = "", message: str = "") -> None:
    # escape() makes "&lt;" of "<" and "&quot;" of a quotation mark.
    # Everything that anybody wrote goes through it, or the next visitor's
    # browser runs what the last one left here.
    said = "\n".join(
        f"<article><p>{escape(entry['message'])}</p><footer>{escape(entry['name'])}, {escape(entry['at'])}</footer></article>"
        for entry in reversed(entries())
    )
    print(f"Status: {status}")
    print("Content-Type: text/html; charset=utf-8")
    print("Cache-Control: no-store")
    print()
    print(f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Guestbook</title>
<h1>Guestbook</h1>
<form method="post" action="{escape(os.environ.get("SCRIPT_NAME", ""))}">
<p role="alert">{escape(why)}</p>
<p><label>Name <input name="name" required maxlength="{MAX_NAME}" value="{escape(name)}"></label></p>
<p><label>Message <textarea name="message" required maxlength="{MAX_MESSAGE}">{escape(message)}</textarea></label></p>
<p><button>Sign</button></p>
</form>
{said or "<p>Nobody has signed yet.</p>"}""")


def own_url() -> str:
    """This script's address as the client knows it: RFC 3875 asks for a whole URL in Location."""
    scheme = "https" if os.environ.get("HTTPS") == "on" else "http"
    return f"{scheme}://{os.environ['SERVER_NAME']}:{os.environ['SERVER_PORT']}{os.environ['SCRIPT_NAME']}"


def answer(status: str, text: str, *headers: str) -> None:
    for line in (f"Status: {status}", "Content-Type: text/plain; charset=utf-8", *headers):
        print(line)
    print()
    print(text)


main()
