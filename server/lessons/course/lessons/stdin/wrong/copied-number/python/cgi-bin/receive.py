#!/usr/bin/env python3
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

length = int(os.environ.get("CONTENT_LENGTH") or 0)
text = sys.stdin.readline()

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"{length} bytes")
print(f"last line: {text}")
