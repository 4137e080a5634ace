#!/usr/bin/env python3
data = open(__file__).read()
print("Content-Type: text/plain")
print()
print(data)
