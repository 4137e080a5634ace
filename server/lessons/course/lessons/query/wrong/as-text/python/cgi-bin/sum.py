#!/usr/bin/env python3
import os

query = os.environ["QUERY_STRING"]
fields = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)

print("Content-Type: text/plain; charset=utf-8")
print()
print(fields.get("a", "") + fields.get("b", ""))
