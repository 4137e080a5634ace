#!/usr/bin/env python3
# /cgi-bin/greet.py?name=Ada greets Ada. A CGI script, started for each request.
import html
import os
from urllib.parse import parse_qs

names = []
names += parse_qs(os.environ["QUERY_STRING"]).get("name", ["stranger"])

print("Content-Type: text/plain; charset=utf-8")
print()
print("Hello,", " and ".join(names))
print(f"I am process {os.getpid()}.")
