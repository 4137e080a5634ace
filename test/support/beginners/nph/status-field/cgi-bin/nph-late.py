#!/usr/bin/env python3
import os
import sys

town = os.environ["QUERY_STRING"].removeprefix("in=")
page = f"It is late in {town}\n"
print("Status: 200 OK", end="\r\n")
print("Content-Type: text/plain", end="\r\n")
print(f"Content-Length: {len(page)}", end="\r\n")
print("Connection: close", end="\r\n")
print("", end="\r\n")
print(page, end="")
