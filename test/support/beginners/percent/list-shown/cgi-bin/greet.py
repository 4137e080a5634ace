#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs
sys.stdout.reconfigure(encoding="utf-8")
name = parse_qs(os.environ["QUERY_STRING"]).get("name")
print("Content-Type: text/plain; charset=utf-8\n")
print(f"Hello, {name}!")
