#!/usr/bin/env python3
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

text = sys.stdin.read()

print("Content-Type: text/plain; charset=utf-8")
print()
print(f"{len(text)} bytes")
if text:
    print(f"last line: {text.splitlines()[-1]}")
