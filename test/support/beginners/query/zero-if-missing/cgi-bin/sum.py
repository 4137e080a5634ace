#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

f = parse_qs(os.environ["QUERY_STRING"])
a = f.get("a", ["0"])[0]
b = f.get("b", ["0"])[0]
print("Content-Type: text/plain; charset=utf-8")
print()
try:
    print(int(a) + int(b))
except ValueError:
    print("Please give two numbers")
