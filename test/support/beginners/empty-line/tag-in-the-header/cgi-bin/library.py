#!/usr/bin/env python3
import datetime
now = datetime.datetime.now()
state = "open" if 8 <= now.hour < 20 else "closed"
with open("../notice.txt", encoding="utf-8") as file:
    notice = file.read()
print("Content-Type: text/html<br>")
print()
print("<!doctype html>")
print("<title>Library</title>")
print(f"<p>It is {now:%H:%M}. The library is {state}.</p>")
print(f"<p>{notice}</p>")
