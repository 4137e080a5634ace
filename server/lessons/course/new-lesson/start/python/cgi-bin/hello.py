#!/usr/bin/env python3
# /cgi-bin/hello.py?name=Ada greets Ada.

name = "you"
print("Content-Type: text/plain; charset=utf-8")
print()
print(f"Hello, {name}!")
