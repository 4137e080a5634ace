#!/usr/bin/env python3
import os
import sys
from html import escape
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8", newline="\n")
query = os.environb.get(b"QUERY_STRING", b"").decode("utf-8", "replace")  # clients may send any bytes
fields = parse_qs(query, errors="replace")
name = fields.get("name", ["world"])[0]

print("Content-Type: text/html; charset=utf-8")
print()  # the blank line: the headers end here
print(f"<!doctype html>\n<title>Hello</title>\n<h1>Hello, {escape(name)}!</h1>")
