#!/usr/bin/env python3
import os

cookie = os.environ.get("HTTP_COOKIE", "")
if "visits=" in cookie:
    visits = int(cookie.split("visits=")[1].split(";")[0]) + 1
else:
    visits = 1

print(f"Set-Cookie: visits={visits}; HttpOnly")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
