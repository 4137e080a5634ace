#!/usr/bin/env python3
# Takes a text that is sent by POST. Says how long it is and how it ends.
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

length = int(os.environ["CONTENT_LENGTH"])
body = sys.stdin.buffer.read(length)
lines = body.decode("utf-8").splitlines()

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"{len(body)} bytes")
print(f"last line: {lines[-1] if lines else ''}")
