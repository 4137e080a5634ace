#!/usr/bin/env python3
# Counts your visits, in a cookie.
import os

cookie = os.environ["HTTP_COOKIE"]
visits = int(cookie.split("=")[1]) + 1

print(f"Set-Cookie: visits = {visits};")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
