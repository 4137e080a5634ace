#!/usr/bin/env python3
# A page. In a terminal, "view.py source" shows this code.
import sys

print("Content-Type: text/plain; charset=utf-8")
print()
if "source" in sys.argv:
    with open(__file__, encoding="utf-8") as file:
        print(file.read())
else:
    print("a page")
