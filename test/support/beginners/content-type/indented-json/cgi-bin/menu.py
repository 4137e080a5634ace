#!/usr/bin/env python3
import os, json, sys
from urllib.parse import parse_qs
kind = parse_qs(os.environ.get("QUERY_STRING","")).get("as", ["page"])[0]
types = {"json": "application/json", "text": "text/plain; charset=utf-8"}
sys.stdout.write(f"CONTENT-TYPE: {types.get(kind, 'text/html; charset=utf-8')}\r\n\r\n")
if kind == "json": print(json.dumps({"soup": 3.2, "bread": 1}, indent=2))
elif kind == "text": print("soup <today>: 3.20\nbread: 1.00")
else: print("<!doctype html><title>Menu</title>\n<h1>Menu</h1><p>soup 3.20, bread 1.00</p>")
