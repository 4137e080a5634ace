#!/usr/bin/env python3
import hashlib
import os

page = "The menu of " + os.environ["QUERY_STRING"].removeprefix("day=")
tag = f'"{len(page)}"'
if os.environ.get("HTTP_IF_NONE_MATCH", "") == tag:
    print("Status: 304 Not Modified")
    print()
else:
    print("Content-Type: text/plain; charset=utf-8")
    print("ETag:", tag)
    print()
    print(page)
