#!/usr/bin/env python3
# A shop with a page for each book.
import os
import re

here = os.environ["SCRIPT_NAME"]
found = re.fullmatch(r"/books/(\d+)", os.environ.get("PATH_INFO", ""))

if found:
    number = int(found[1])
    print("Content-Type: text/html; charset=utf-8")
    print()
    print("<!doctype html><title>Shop</title>")
    print(f"<p>Book {number}.")
    print(f'<a href="{here}/books/{number + 1}">next</a>')
else:
    print("Status: 404 Not Found")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("There is no such page.")
