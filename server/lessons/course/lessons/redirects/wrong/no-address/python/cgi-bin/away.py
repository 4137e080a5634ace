#!/usr/bin/env python3
# Sends visitors on, in four ways: ?way=client, server, page or moved.
import os

way = os.environ["QUERY_STRING"]

if way == "way=server":
    print("Location: /index.html")
    print()
elif way == "way=page":
    print("Status: 302 Found")
    print("Location: http://example.test/new")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("This page has moved.")
elif way == "way=moved":
    print("Status: 301 Moved Permanently")
    print("Location: http://example.test/new")
    print()
else:
    print("Location: http://example.test/new")
    print()
