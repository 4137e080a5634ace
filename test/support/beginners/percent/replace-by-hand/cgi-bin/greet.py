#!/usr/bin/env python3
# /cgi-bin/greet.py?name=Ada greets Ada.
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

query = os.environ["QUERY_STRING"]
name = "stranger"
for field in query.split("&"):
    if field.startswith("name="):
        name = field[5:]
name = name.replace("+", " ").replace("%C3%BC", "ü").replace("%26", "&").replace("%2B", "+").replace("%25", "%")

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
