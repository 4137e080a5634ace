#!/usr/bin/python33
print("Content-Type: text/plain")
print()
print("knock")
