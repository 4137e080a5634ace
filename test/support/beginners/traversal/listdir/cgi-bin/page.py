#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

name = parse_qs(os.environ["QUERY_STRING"]).get("page", ["about.txt"])[0]
path = "../pages/" + name
ok = name in os.listdir("../pages")
if ok:
    print("Content-Type: text/plain; charset=utf-8")
    print()
    with open(path, encoding="utf-8") as file:
        print(file.read())
else:
    print("Status: 404 Not Found")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("not found")
