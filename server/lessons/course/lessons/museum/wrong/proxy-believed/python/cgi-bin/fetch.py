#!/usr/bin/env python3
# Says through which machine it would fetch a page.
import os

proxy = os.environ.get("HTTP_PROXY", "no proxy")

print("Content-Type: text/plain; charset=utf-8")
print()
print("via", proxy)
