#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

name = parse_qs(os.environ["QUERY_STRING"])["name"][0]
print("Content-Type: text/plain; charset=utf-8")
print(f"X-Greeted: {name}")
print()
print("hello")
