#!/usr/bin/env python3
# /cgi-bin/language.py?lang=de keeps your language in a cookie.
import os
import re
from urllib.parse import parse_qs

lang = parse_qs(os.environ["QUERY_STRING"]).get("lang", ["en"])[0]
if not re.fullmatch(r"[a-z]{2}", lang):
    lang = "en"

print(f"Set-Cookie: lang={lang}; SameSite=Lax")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Your language is kept.")
