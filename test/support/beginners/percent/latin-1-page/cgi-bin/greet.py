#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs
sys.stdout.reconfigure(encoding="latin-1", errors="ignore")
name = parse_qs(os.environ["QUERY_STRING"]).get("name", ["stranger"])[0]
print("Content-Type: text/plain\n")
print(f"Hello, {name}!")
