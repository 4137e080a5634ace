#!/usr/bin/env python3
# /cgi-bin/hello.py?name=Ada greets Ada.
import os

name = os.environ["QUERY_STRING"]
print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
