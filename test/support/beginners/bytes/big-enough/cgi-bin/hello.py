#!/usr/bin/env python3
import os
import sys
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8")

name = parse_qs(os.environ["QUERY_STRING"]).get("name", ["Ada"])[0]
page = f"Hello, {name}! This is the end."

print("Content-Type: text/plain; charset=utf-8")
print("Content-Length: 1000")
print()
print(page, end="")
