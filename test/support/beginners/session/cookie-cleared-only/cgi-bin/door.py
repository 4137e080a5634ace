#!/usr/bin/env python3
import os
import secrets
import sys
import time
from urllib.parse import parse_qs

FILE = ".sessions"


def known():
    if os.path.exists(FILE):
        with open(FILE) as f:
            return f.read().split("\n")
    return []


length = int(os.environ.get("CONTENT_LENGTH") or 0)
form = parse_qs(sys.stdin.read(length))
cookie = ""
for part in os.environ.get("HTTP_COOKIE", "").split("; "):
    if part.startswith("session="):
        cookie = part[8:]

print("Content-Type: text/plain; charset=utf-8")
if form.get("password") == ["engine"]:
    number = secrets.token_hex(16)
    with open(FILE, "a") as f:
        f.write(number + "\n")
    print(f"Set-Cookie: session={number}; HttpOnly")
    print()
    print("Welcome")
elif form.get("action") == ["out"]:
    print("Set-Cookie: session=; Max-Age=0")
    print()
    print("Bye")
elif cookie in known() and cookie != "":
    print()
    print("Hello, ada")
else:
    print()
    print("Who are you?")
