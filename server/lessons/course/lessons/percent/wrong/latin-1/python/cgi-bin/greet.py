#!/usr/bin/env python3
# /cgi-bin/greet.py?name=Ada greets Ada.
import os
import sys
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8")  # why: lesson 11

fields = parse_qs(os.environ["QUERY_STRING"], encoding="latin-1")
name = fields.get("name", ["stranger"])[0]

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
