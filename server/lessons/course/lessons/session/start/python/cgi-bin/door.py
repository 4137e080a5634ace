#!/usr/bin/env python3
# Ada signs in with her password.
import os
import sys
from urllib.parse import parse_qs

length = int(os.environ.get("CONTENT_LENGTH") or 0)
form = parse_qs(sys.stdin.read(length))

print("Content-Type: text/plain; charset=utf-8")
if form.get("password") == ["engine"]:
    print("Set-Cookie: name=ada")
    print("Set-Cookie: password=engine")
    print()
    print("Welcome")
elif "name=ada" in os.environ.get("HTTP_COOKIE", ""):
    print()
    print("Hello, ada")
else:
    print()
    print("Who are you?")
