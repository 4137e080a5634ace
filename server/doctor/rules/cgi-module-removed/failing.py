#!/usr/bin/env python3
import sys
if sys.version_info < (3, 13):  # as later versions say it
    raise ModuleNotFoundError("No module named 'cgi'", name="cgi")
import cgi
print("Content-Type: text/plain")
print()
print(cgi.FieldStorage())
