#!/usr/bin/env python3
# Takes a text that is sent by POST. Says how long it is and how it ends.
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

length = int(os.environ["CONTENT_LENGTH"])
text = sys.stdin.readline()

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"{len(text)} bytes")
print(f"last line: {text}")
