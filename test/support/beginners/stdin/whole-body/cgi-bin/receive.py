#!/usr/bin/env python3
import os, sys
sys.stdout.reconfigure(encoding="utf-8")
print("Content-Type: text/plain; charset=utf-8\n")
n=int(os.environ.get("CONTENT_LENGTH") or 0)
b = sys.stdin.buffer.read(n)
print(f"{len(b)} bytes")
print("last line:", b.decode())
