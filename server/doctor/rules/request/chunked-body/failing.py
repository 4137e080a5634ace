#!/usr/bin/env python3
import sys
body = sys.stdin.buffer.read()
print("Content-Type: text/plain\n")
print(len(body))
