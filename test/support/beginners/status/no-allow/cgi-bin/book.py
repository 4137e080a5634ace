#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

books = {"1": "Emil", "2": "Momo"}
number = parse_qs(os.environ["QUERY_STRING"]).get("id", [""])[0]

if os.environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
    print("Status: 405 Method Not Allowed")
    text = "Error: you can only read here!"
elif number == "":
    print("Status: 400 Bad Request")
    text = "Error: which book?"
elif number not in books:
    print("Status: 404 Not Found")
    text = "Error: no such book!"
else:
    text = books[number]
print("Content-Type: text/plain; charset=utf-8")
print()
print(text)
