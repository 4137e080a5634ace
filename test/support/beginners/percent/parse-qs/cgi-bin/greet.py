#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs
sys.stdout.reconfigure(encoding="utf-8")
q = parse_qs(os.environ["QUERY_STRING"])
name = "stranger"
if "name" in q:
    name = q["name"][0]
print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
