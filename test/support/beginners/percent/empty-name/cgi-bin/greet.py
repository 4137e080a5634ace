#!/usr/bin/env python3
# /cgi-bin/greet.py?name=Ada greets Ada.
import os
import sys
from urllib.parse import unquote_plus

sys.stdout.reconfigure(encoding="utf-8")

query = os.environ["QUERY_STRING"]
name = ""
for field in query.split("&"):
    if field.split("=")[0] == "name":
        name = unquote_plus(field.split("=")[1])

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
