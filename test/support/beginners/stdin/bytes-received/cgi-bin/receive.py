#!/usr/bin/env python3
import os, sys
sys.stdout.reconfigure(encoding="utf-8")
data = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
lines = data.decode().splitlines() or [""]
print("Content-Type: text/plain; charset=utf-8\n")
print(len(data), "bytes received")
print("last line:", lines[-1])
