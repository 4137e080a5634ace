#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

f = parse_qs(os.environ["QUERY_STRING"])
print("Content-Type: text/plain; charset=utf-8")
print()
try:
    print("The sum is", int(f["a"][0]) + int(f["b"][0]))
except (KeyError, ValueError):
    print("I need two numbers.")
