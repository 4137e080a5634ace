#!/usr/bin/env python3
# /cgi-bin/nph-late.py?in=Oslo says that it is late.
import os

town = os.environ["QUERY_STRING"].removeprefix("in=")

print("Content-Type: text/plain")
print()
print("It is late in", town)
