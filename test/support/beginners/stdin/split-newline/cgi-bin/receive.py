#!/usr/bin/env python3
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

length = int(os.environ.get("CONTENT_LENGTH") or 0)
data = sys.stdin.buffer.read(length)
last = data.decode("utf-8").split("\n")[-1]

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"{len(data)} bytes")
print(f"last line: {last}")
