#!/usr/bin/env python3
# /cgi-bin/language.py?lang=de keeps your language in a cookie.
import os
from urllib.parse import parse_qs

lang = parse_qs(os.environ["QUERY_STRING"]).get("lang", ["en"])[0].replace("\r", "")

print(f"Set-Cookie: lang={lang}; SameSite=Lax")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Your language is kept.")
