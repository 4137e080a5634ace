#!/usr/bin/env python3
# Ada signs in with her password.
import json
import os
import secrets
import sys
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

FILE = ".sessions"  # the server never sends a file whose name begins with a dot

length = int(os.environ.get("CONTENT_LENGTH") or 0)
form = parse_qs(sys.stdin.read(length))
cookie = SimpleCookie(os.environ.get("HTTP_COOKIE", ""))
session = cookie["session"].value if "session" in cookie else ""

names = {}
if os.path.exists(FILE):
    with open(FILE) as file:
        names = json.load(file)

print("Content-Type: text/plain; charset=utf-8")
if form.get("password") == ["engine"]:
    session = secrets.token_hex(16)
    names[session] = "ada"
    print(f"Set-Cookie: session={session}; HttpOnly; SameSite=Lax")
    print()
    print("Welcome")
elif form.get("action") == ["out"]:
    names.pop(session, None)
    print("Set-Cookie: session=; Max-Age=0; HttpOnly; SameSite=Lax")
    print()
    print("Good bye")
elif session in names:
    print()
    print(f"Hello, {names[session]}")
else:
    print()
    print("Who are you?")

