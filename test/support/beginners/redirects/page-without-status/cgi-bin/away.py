#!/usr/bin/env python3
import os

way = os.environ["QUERY_STRING"]

if way == "way=client":
    print("Location: http://example.test/new")
    print()
elif way == "way=server":
    print("Location: /index.html")
    print()
elif way == "way=page":
    print("Location: http://example.test/new")
    print("Content-Type: text/plain")
    print()
    print("The page is at http://example.test/new")
elif way == "way=moved":
    print("Status: 301 Moved Permanently")
    print("Location: http://example.test/new")
    print()
