#!/usr/bin/env python3
# /cgi-bin/hello.py?name=Ada greets Ada, and says how long the page is.
import os
import sys
from urllib.parse import parse_qs

name = parse_qs(os.environ["QUERY_STRING"]).get("name", ["Ada"])[0]
page = f"Hello, {name}! This is the end.".encode("utf-8")

head = f"Content-Type: text/plain; charset=utf-8\nContent-Length: {len(page.decode())}\n\n"
sys.stdout.buffer.write(head.encode("ascii") + page)
