#!/usr/bin/env python3
# Says through which machine it would fetch a page.
import os

if "REQUEST_METHOD" in os.environ:
    proxy = "no proxy"
else:
    proxy = os.environ.get("HTTP_PROXY", "no proxy")

print("Content-Type: text/plain; charset=utf-8")
print()
print("via", proxy)
