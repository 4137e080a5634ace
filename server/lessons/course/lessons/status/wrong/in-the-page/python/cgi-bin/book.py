#!/usr/bin/env python3
# /cgi-bin/book.py?id=1 shows a book.
import os
from urllib.parse import parse_qs

books = {"1": "Emil", "2": "Momo"}
number = parse_qs(os.environ["QUERY_STRING"]).get("id", [""])[0]

print("Content-Type: text/plain; charset=utf-8")
print()
if os.environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
    print("Status: 405 Method Not Allowed\nError: you can only read here!")
elif number == "":
    print("Status: 400 Bad Request\nError: which book?")
elif number not in books:
    print("Status: 404 Not Found\nError: no such book!")
else:
    print(books[number])
