#!/usr/bin/env python3
# /cgi-bin/page.py?page=about.txt shows a page of the folder pages.
import os
from urllib.parse import parse_qs

name = parse_qs(os.environ["QUERY_STRING"]).get("page", ["about.txt"])[0]
path = "../pages/" + name.replace("../", "")

if os.path.isfile(path):
    print("Content-Type: text/plain; charset=utf-8")
    print()
    with open(path, encoding="utf-8") as file:
        print(file.read())
else:
    print("Status: 404 Not Found")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("There is no such page.")
