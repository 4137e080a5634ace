#!/usr/bin/env python3
# /cgi-bin/sum.py?a=1&b=2 adds two numbers.
import os

query = os.environ["QUERY_STRING"]
fields = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
a = fields.get("a", "")
b = fields.get("b", "")

print("Content-Type: text/plain; charset=utf-8")
print()
if a.isdigit() and b.isdigit():
    print(int(a) + int(b))
else:
    print("Please give two numbers, such as ?a=1&b=2")
