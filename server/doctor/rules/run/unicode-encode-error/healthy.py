#!/usr/bin/env python3
import sys

sys.stdout.reconfigure(encoding="utf-8")
print("Content-Type: text/html; charset=utf-8\n")
print("<p>Grüße an Jürgen</p>")
