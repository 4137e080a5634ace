#!/usr/bin/env python3
# /cgi-bin/menu.py?day=monday is the menu of a day.
import os

page = "The menu of " + os.environ["QUERY_STRING"].removeprefix("day=")

print("Content-Type: text/plain; charset=utf-8")
print()
print(page)
