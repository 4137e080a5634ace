#!/usr/bin/env python3
# /cgi-bin/menu.py?day=monday is the menu of a day.
import hashlib
import os

page = "The menu of " + os.environ["QUERY_STRING"].removeprefix("day=")
tag = '"' + hashlib.sha256(b"menu").hexdigest()[:16] + '"'

print("ETag:", tag)
print("Cache-Control: no-cache")
if os.environ.get("HTTP_IF_NONE_MATCH") == tag:
    print("Status: 304 Not Modified")
    print()
else:
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print(page)
