#!/usr/bin/env python3
# Shows a comment (CWE-80).
import os
from urllib.parse import parse_qs

comment = parse_qs(os.environ["QUERY_STRING"]).get("comment", ["none"])[0]
print("Content-Type: text/html; charset=utf-8\r\n\r\n", end="")
print("<!doctype html>")
print("<h1>Comment</h1>")
print("<blockquote>%s</blockquote>" % comment)
