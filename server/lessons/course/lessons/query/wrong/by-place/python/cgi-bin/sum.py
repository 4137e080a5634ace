#!/usr/bin/env python3
import os

pairs = os.environ["QUERY_STRING"].split("&")
a = int(pairs[0].split("=")[1])
b = int(pairs[1].split("=")[1])

print("Content-Type: text/plain; charset=utf-8")
print()
print(a + b)
