#!/usr/bin/env python3
import hashlib
import os
import sys

length = int(os.environ.get("CONTENT_LENGTH") or 0)
body = sys.stdin.buffer.read(length)
boundary = os.environ["CONTENT_TYPE"].split("boundary=")[1].encode()
print("Content-Type: text/plain; charset=utf-8")
print()
for part in body.split(b"--" + boundary)[1:-1]:
    head, content = part.split(b"\r\n\r\n", 1)
    content = content.strip()
    head = head.decode("utf-8")
    name = head.split('name="')[1].split('"')[0]
    if "filename=" in head:
        file = head.split('filename="')[1].split('"')[0]
        print(f"{file} {len(content)} bytes {hashlib.sha256(content).hexdigest()}")
    else:
        print(f"{name} = {content.decode('utf-8')}")
