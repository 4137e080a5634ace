#!/usr/bin/env python3
import sys


class Removed:  # as Python 3.13 and later have it, in any Python
    def find_spec(self, name, path=None, target=None):
        if name == "cgi":
            raise ModuleNotFoundError("No module named 'cgi'", name="cgi")


sys.meta_path.insert(0, Removed())
import cgi

form = cgi.FieldStorage()
print("Content-Type: text/plain; charset=utf-8")
print()
print(form.getfirst("a", ""))
