#!/usr/bin/env python3
import os

here = os.environ["SCRIPT_NAME"]
number = int(os.environ.get("PATH_INFO", "/0").split("/")[-1])
print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Shop</title>")
print(f"<p>Book {number}.")
print(f'<a href="{here}/books/{number + 1}">next</a>')
