#!/usr/bin/env python3
import os

visits = 1
for part in os.environ.get("HTTP_COOKIE", "").split("; "):
    if part.startswith("visits=") and part[7:].isdigit():
        visits = int(part[7:]) + 1

print(f"Set-Cookie: visits={visits}")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
