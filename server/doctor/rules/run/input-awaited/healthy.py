#!/usr/bin/env python3
import os
import urllib.parse

name = urllib.parse.parse_qs(os.environ["QUERY_STRING"]).get("name", ["nobody"])[0]
print("Content-Type: text/plain; charset=utf-8\n")
print("Hello", len(name))
