#!/usr/bin/env python3
# A page for the library's door: is it open?
import datetime

now = datetime.datetime.now()
state = "open" if 8 <= now.hour < 20 else "closed"

print("<!doctype html>")
print("<title>Library</title>")
print(f"<p>It is {now:%H:%M}. The library is {state}.</p>")
