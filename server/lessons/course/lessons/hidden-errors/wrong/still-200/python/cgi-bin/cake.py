#!/usr/bin/env python3
# /cgi-bin/cake.py?people=4 shares 24 pieces of cake.
import os
import sys
from urllib.parse import parse_qs

query = os.environ["QUERY_STRING"]
print("debug:", query, file=sys.stderr)

people = parse_qs(query).get("people", [""])[0]

if people.isdigit() and int(people) > 0:
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Each of you gets", 24 / int(people))
else:
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("How many people are you?")
