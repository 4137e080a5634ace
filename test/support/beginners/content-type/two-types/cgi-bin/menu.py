#!/usr/bin/env python3
import os
kind = os.environ["QUERY_STRING"]

print("Content-Type: text/html; charset=utf-8")
if kind == "as=json": print("Content-Type: application/json")
if kind == "as=text": print("Content-Type: text/plain; charset=utf-8")
print()
if kind == "as=json":
    print('{"soup": 3.2, "bread": 1}')
elif kind == "as=text":
    print("soup <today>: 3.20")
    print("bread: 1.00")
else:
    print("<!doctype html><title>Menu</title>")
    print("<h1>Menu</h1><p>soup 3.20, bread 1.00</p>")
