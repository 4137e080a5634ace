#!/usr/bin/env python3
import os
import sys
from urllib.parse import parse_qs

query = os.environ["QUERY_STRING"]
sys.stderr.write("debug: " + query + "\n")

people = parse_qs(query).get("people", ["0"])[0]
if people.isdigit() and int(people) > 0:
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Each of you gets", 24 / int(people))
else:
    print("Status: 400 Bad Request")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Tell me how many people you are.")
