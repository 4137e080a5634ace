#!/usr/bin/env python3
import os

query = os.environ["QUERY_STRING"]
name = dict(pair.split("=") for pair in query.split("&") if pair).get("name", "stranger")

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
