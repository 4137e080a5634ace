#!/usr/bin/env python3
import os
from urllib.parse import parse_qs

name = parse_qs(os.environ["QUERY_STRING"]).get("page", ["about.txt"])[0]
path = os.path.abspath("../pages/" + name)
ok = path.startswith(os.path.abspath("../pages")) and os.path.exists(path)
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
