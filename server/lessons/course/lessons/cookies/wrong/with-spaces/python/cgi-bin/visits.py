#!/usr/bin/env python3
# Counts your visits, in a cookie.
import os
from http.cookies import SimpleCookie

cookie = SimpleCookie(os.environ.get("HTTP_COOKIE", ""))
text = cookie["visits"].value if "visits" in cookie else ""
visits = int(text) + 1 if text.isdigit() else 1

print(f"Set-Cookie: visits = {visits}; Max-Age=86400; HttpOnly; SameSite=Lax")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
