#!/usr/bin/env python3
# Sends visitors on, in four ways: ?way=client, server, page or moved.
import os

way = os.environ["QUERY_STRING"]

if way == "way=server":
    print("Location: /index.html")
    print()
elif way == "way=page":
    print("Refresh: 0; url=http://example.test/new")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("The page is at http://example.test/new now.")
elif way == "way=moved":
    print("Status: 301 Moved Permanently")
    print("Location: http://example.test/new")
    print()
else:
    print("Location: http://example.test/new")
    print()
