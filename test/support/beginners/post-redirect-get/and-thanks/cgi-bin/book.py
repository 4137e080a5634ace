#!/usr/bin/env python3
# A guestbook: GET shows it, POST adds a line.
import html
import os
import sys
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8")

BOOK = ".guestbook"  # the server never sends a file whose name begins with a dot


def entries():
    if not os.path.exists(BOOK):
        return []
    with open(BOOK, encoding="utf-8") as book:
        return book.read().splitlines()


def show(heading):
    print("Content-Type: text/html; charset=utf-8")
    print()
    print(f"<!doctype html><title>Guestbook</title><h1>{heading}</h1><ul>")
    for entry in entries():
        print(f"<li>{html.escape(entry, quote=False)}</li>")
    print('</ul><form method="post"><input name="message"><button>Sign</button></form>')


if os.environ["REQUEST_METHOD"] == "POST":
    length = int(os.environ.get("CONTENT_LENGTH") or 0)
    fields = parse_qs(sys.stdin.buffer.read(length).decode("utf-8"))
    message = " ".join(fields.get("message", [""])[0].split())
    with open(BOOK, "a", encoding="utf-8") as book:
        book.write(message + "\n")
    print("Status: 303 See Other")
    print("Location: " + os.environ["SCRIPT_NAME"])
    show("Thank you!")
else:
    show("Guestbook")
