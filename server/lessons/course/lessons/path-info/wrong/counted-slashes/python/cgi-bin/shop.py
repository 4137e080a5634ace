#!/usr/bin/env python3
import os

path = os.environ["REQUEST_URI"].split("/")
number = int(path[4]) if len(path) > 3 else 0
print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Shop</title>")
print(f"<p>Book {number}.")
print(f'<a href="{os.environ["SCRIPT_NAME"]}/books/{number + 1}">next</a>')
