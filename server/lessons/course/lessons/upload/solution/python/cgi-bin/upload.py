#!/usr/bin/env python3
# Takes a form with a file.
import hashlib
import os
import sys
from email.parser import BytesParser
from email.policy import HTTP

sys.stdout.reconfigure(encoding="utf-8")

body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
head = f"Content-Type: {os.environ.get('CONTENT_TYPE', '')}\r\n\r\n".encode("ascii")

print("Content-Type: text/plain; charset=utf-8")
print()
for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
    content = part.get_payload(decode=True)
    if part.get_filename() is None:
        name = part.get_param("name", header="content-disposition")
        print(name, "=", content.decode("utf-8"))
    else:
        print(part.get_filename(), len(content), "bytes", hashlib.sha256(content).hexdigest())
