#!/usr/bin/env python3
import os

page = "It is late in " + os.environ["QUERY_STRING"].removeprefix("in=") + "\n"
print("HTTP/1.1 200 OK")
print("Content-Type: text/plain")
print(f"Content-Length: {len(page)}")
print("Connection: close")
print()
print(page, end="")
