#!/usr/bin/env python3
import os

cookie = os.environ.get("HTTP_COOKIE", "")
name, text = cookie.split("=") if cookie else ("visits", "")
visits = int(text) + 1 if text.isdigit() else 1

print(f"Set-Cookie: visits={visits}; HttpOnly")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
