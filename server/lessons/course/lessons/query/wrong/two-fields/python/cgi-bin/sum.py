#!/usr/bin/env python3
import os

first, second = os.environ["QUERY_STRING"].split("&")
a = first.split("=")[1]
b = second.split("=")[1]

print("Content-Type: text/plain; charset=utf-8")
print()
print(int(a) + int(b) if a.isdigit() and b.isdigit() else "two numbers, please")
