#!/usr/bin/env python3
import os

from http.cookies import SimpleCookie

jar = SimpleCookie(os.environ.get("HTTP_COOKIE", ""))
try:
    visits = int(jar["visits"].value) + 1
except (KeyError, ValueError):
    visits = 1

print(f"Set-Cookie: visits={visits}; HttpOnly")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
