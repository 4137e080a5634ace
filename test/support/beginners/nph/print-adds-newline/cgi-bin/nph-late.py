#!/usr/bin/env python3
import os
import sys

town = os.environ["QUERY_STRING"].removeprefix("in=")
page = f"It is late in {town}\n"
print("HTTP/1.1 200 OK\r")
print("Content-Type: text/plain\r")
print(f"Content-Length: {len(page)}\r")
print("Connection: close\r")
print("\r")
print(page)
