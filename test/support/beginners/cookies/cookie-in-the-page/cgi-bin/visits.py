#!/usr/bin/env python3
import os
from http.cookies import SimpleCookie
c = SimpleCookie(os.environ.get("HTTP_COOKIE",""))
v = c["visits"].value if "visits" in c else "0"
v = int(v)+1 if v.isdigit() else 1
print("Content-Type: text/plain\n")
print(f"Set-Cookie: visits={v}; HttpOnly")
print("Visit", v)
