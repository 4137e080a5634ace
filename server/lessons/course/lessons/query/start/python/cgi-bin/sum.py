#!/usr/bin/env python3
# /cgi-bin/sum.py?a=1&b=2 adds two numbers.
import os

query = os.environ["QUERY_STRING"]
first, second = query.split("&")
a = first.split("=")[1]
b = second.split("=")[1]

print("Content-Type: text/plain; charset=utf-8")
print()
print(a + b)
