#!/usr/bin/env python3
# A shop with a page for each book.
import os

number = os.environ["QUERY_STRING"].removeprefix("id=")
following = int(number or 0) + 1

print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Shop</title>")
print(f"<p>Book {number}.")
print(f'<a href="/cgi-bin/shop.py?id={following}">next</a>')
