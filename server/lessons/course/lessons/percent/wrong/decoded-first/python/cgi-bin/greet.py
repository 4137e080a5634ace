#!/usr/bin/env python3
import os
import sys
from urllib.parse import unquote_plus

sys.stdout.reconfigure(encoding="utf-8")

query = unquote_plus(os.environ["QUERY_STRING"])
fields = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
name = fields.get("name", "stranger")

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
