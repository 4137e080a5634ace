#!/usr/bin/env python3
import hashlib
import os
import sys

from email.parser import BytesParser

body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
head = b"Content-Type: " + os.environ["CONTENT_TYPE"].encode() + b"\r\n\r\n"
message = BytesParser().parsebytes(head + body)

print("Content-Type: text/plain; charset=utf-8")
print()
for part in message.get_payload():
    data = part.get_payload(decode=True)
    file = part.get_filename()
    if file:
        print(file, len(data), "bytes", hashlib.sha256(data).hexdigest())
    else:
        print(part.get_param("name", header="content-disposition"), "=", data.decode("utf-8"))
