#!/usr/bin/env python3
import html
import os
import sys
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8")
name = parse_qs(os.environ["QUERY_STRING"]).get("name", ["du"])[0]
print("Content-Type: text/html")
print("Charset: utf-8")
print()
print("<!doctype html><title>Grüße</title>")
print(f"<p>Grüß dich, {html.escape(name)}!</p>")
