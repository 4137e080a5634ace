#!/usr/bin/env python3
import os
import sys
from urllib.parse import parse_qs

query = os.environ["QUERY_STRING"]
print("debug:", query, file=sys.stderr)
people = parse_qs(query)["people"][0]
try:
    cake = 24 / int(people)
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Each of you gets", cake)
except ZeroDivisionError:
    print("Status: 400 Bad Request")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Nobody gets cake.")
