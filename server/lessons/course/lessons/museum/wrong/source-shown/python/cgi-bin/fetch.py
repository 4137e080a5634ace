#!/usr/bin/env python3
# Says through which machine it would fetch a page.
import urllib.request

proxy = urllib.request.getproxies().get("http", "no proxy")

print("Content-Type: text/plain; charset=utf-8")
print()
print("via", proxy)
