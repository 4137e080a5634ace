#!/usr/bin/env python3
import hashlib
import os
import sys

body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
boundary = os.environ["CONTENT_TYPE"].split("boundary=")[1].encode("ascii")
content = body.split(b"--" + boundary)[2].split(b"\r\n\r\n", 1)[1]

print("Content-Type: text/plain; charset=utf-8")
print()
print("a.bin", len(content), "bytes", hashlib.sha256(content).hexdigest())
