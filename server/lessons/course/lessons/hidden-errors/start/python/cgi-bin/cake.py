#!/usr/bin/env python3
# /cgi-bin/cake.py?people=4 shares 24 pieces of cake.
import os
from urllib.parse import parse_qs

query = os.environ["QUERY_STRING"]
print("debug:", query)

people = parse_qs(query)["people"][0]

print("Content-Type: text/plain; charset=utf-8")
print()
print("Each of you gets", 24 / int(people))
