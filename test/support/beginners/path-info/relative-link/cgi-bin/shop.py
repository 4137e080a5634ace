#!/usr/bin/env python3
import os

path = os.environ.get("PATH_INFO", "")
parts = path.split("/")
if len(parts) == 3 and parts[1] == "books" and parts[2].isdigit():
    number = parts[2]
    print("Content-Type: text/html; charset=utf-8")
    print()
    print("<!doctype html><title>Shop</title>")
    print(f"<p>Book {number}.")
    print(f'<a href="{int(number) + 1}">next</a>')
else:
    print("Status: 404 Not Found")
    print("Content-Type: text/plain")
    print()
    print("no such page")
