#!/usr/bin/env python3
import os
import sys
from urllib.parse import unquote

sys.stdout.reconfigure(encoding="utf-8")

query = os.environ["QUERY_STRING"]
fields = dict(pair.split("=") for pair in query.split("&") if pair)
name = unquote(fields.get("name", "stranger"))

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
