#!/usr/bin/env python3
# /cgi-bin/book.py?id=1 shows a book.
import os
from urllib.parse import parse_qs

books = {"1": "Emil", "2": "Momo"}
number = parse_qs(os.environ["QUERY_STRING"]).get("id", [""])[0]


def answer(status, text):
    print(f"Status: {status}")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print(text)


if os.environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
    print("Allow: GET, HEAD")
    answer("405 Method Not Allowed", "You can only read here.")
elif number == "":
    answer("400 Bad Request", "Which book?")
elif number not in books:
    answer("404 Not Found", "There is no such book.")
else:
    answer("200 OK", books[number])
