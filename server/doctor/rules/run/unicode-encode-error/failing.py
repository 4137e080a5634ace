#!/usr/bin/env python3
print("Content-Type: text/html; charset=utf-8\n")
print("<p>Grüße an Jürgen</p>")
