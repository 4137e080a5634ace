#!/usr/bin/env python3
data = open("nothing-like-this.txt").read()
print("Content-Type: text/plain")
print()
print(data)
