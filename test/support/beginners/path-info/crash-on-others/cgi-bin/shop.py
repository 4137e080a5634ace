#!/usr/bin/env python3
import os

number = os.environ["PATH_INFO"].removeprefix("/books/")
following = int(number) + 1

print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Shop</title>")
print(f"<p>Book {number}.")
print(f'<a href="{os.environ["SCRIPT_NAME"]}/books/{following}">next</a>')
