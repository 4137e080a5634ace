#!/usr/bin/env python3
# A page. In a terminal, "view.py source" shows this code.
import os
import sys

print("Content-Type: text/plain; charset=utf-8")
print()
if "source" in sys.argv and "REQUEST_METHOD" not in os.environ:
    with open(__file__, encoding="utf-8") as file:
        print(file.read())
else:
    print("a page")
