#!/usr/bin/env python3
# Takes a form with a file.
import os
import sys

body = sys.stdin.read(int(os.environ.get("CONTENT_LENGTH") or 0))
content = body.split("\n\n")[-1]

print("Content-Type: text/plain; charset=utf-8")
print()
print(len(content), "bytes")
