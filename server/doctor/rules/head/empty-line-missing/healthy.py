#!/usr/bin/env python3
print("Content-Type: text/html")
print()
print("<h1>Hello</h1>")
