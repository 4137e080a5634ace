#!/usr/bin/env python3
import html, os, sys
from urllib.parse import parse_qs
sys.stdout.reconfigure(encoding="utf-8")
word = parse_qs(os.environ["QUERY_STRING"]).get("q", [""])[0]
word = word.replace("&","&amp;").replace("<","&lt;").replace(">","&gt;").replace('"', '\\"')
print("Content-Type: text/html; charset=utf-8\n")
print("<!doctype html><title>Search</title>")
print(f'<form><input name="q" value="{word}"><button>Search</button></form>')
print(f"<p>Nothing found for {word}.</p>")
