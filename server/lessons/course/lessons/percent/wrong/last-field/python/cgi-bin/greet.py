#!/usr/bin/env python3
import os

name = os.environ["QUERY_STRING"].split("=")[-1] or "stranger"

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
