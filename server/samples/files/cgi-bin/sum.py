#!/usr/bin/env python3
# Adds two numbers: /sum?a=1&b=2
#
# A CGI script is a program that the server starts for each request. The
# request comes in as environment variables (and, when there is one, its body
# on stdin); the response goes to stdout: header lines, a blank line, the
# body. That is all.
#
# Try: change the last line, save, and watch the request being sent again.
import os
import re
import sys
from urllib.parse import parse_qs

# Which charset Python writes in depends on the locale, and servers set none:
# say it.
sys.stdout.reconfigure(encoding="utf-8", newline="\n")

# What stood after the "?": "a=1&b=2". parse_qs splits it and undoes the
# percent-encoding; a name may come more than once.
fields = parse_qs(os.environ.get("QUERY_STRING", ""))
numbers = [fields.get(name, [""])[0] for name in ("a", "b")]
if not all(re.fullmatch(r"[+-]?[0-9]{1,15}", text) for text in numbers):
    # Everything in a request can be missing or wrong. The Status header tells
    # the client that it was at fault.
    print("Status: 400 Bad Request")
    print("Content-Type: text/plain; charset=utf-8")
    print()
    print("Give two whole numbers: ?a=1&b=2")
    sys.exit()
a, b = map(int, numbers)

print("Content-Type: text/plain; charset=utf-8")  # what the body is
print()  # the blank line: the headers end here
print(a + b)
