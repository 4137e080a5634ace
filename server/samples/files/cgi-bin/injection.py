#!/usr/bin/env python3
# Injection on purpose: what a visitor types becomes a part of the page.
#
# Send it with a name, then with a name that holds tags, and compare the two
# bodies in Stdout. The browser cannot know which "<h1>" the script wrote and
# which came from outside. A <script> would run as if it were the site's own.
import os
from html import escape
from urllib.parse import parse_qs

query = parse_qs(os.environ.get("QUERY_STRING", ""))
name = query.get("name", ["somebody"])[0]

# To fix it, escape what goes into the page: remove the "#" of the next line.
#name = escape(name)

print("Content-Type: text/html; charset=utf-8")
print()
print(f"""<!doctype html>
<html lang="en">
<title>Hello</title>
<p>Hello, {name}!</p>
<form>
<label>Name <input name="name"></label>
<button>Greet</button>
</form>""")
