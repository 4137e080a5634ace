#!/usr/bin/env python3
# Functions instead of a script: /cgi-bin/functions.py/sum?a=1&b=2
#
# The mode "handler" (cgi-workbench.json names it for this file) loads the file
# once. The path then names a function, and the query and a form become its
# arguments: the address above calls sum(req, a, b). What mod_python's publisher
# and mod_perl's handlers did was of this kind.
#
# What one gains: no start of an interpreter, no parsing, an answer in less than
# a millisecond. What ties one down: every function of this file whose first
# parameter is `req` can be called by anybody, and a variable keeps its value
# for the next request, whoever sends it.
#
# Try: save the file; the count begins again.
from html import escape

calls = 0  # of this process


def index(req):
    """Without a name in the path."""
    return f"""<!doctype html>
<html lang="en">
<title>Functions</title>
<p>Process-wide count: <b>{count()}</b></p>
<ul>
  <li><a href="{escape(req.subprocess_env["SCRIPT_NAME"])}/sum?a=1&amp;b=2">sum</a>
  <li><a href="{escape(req.subprocess_env["SCRIPT_NAME"])}/greet?name=Ada">greet</a>
</ul>
</html>
"""


def sum(req, a, b):
    """What is missing in the query is a 400; what cannot be added, too."""
    count()
    try:
        return str(int(a) + int(b))
    except (TypeError, ValueError):  # TypeError: ?a=1&a=2 makes a list of a
        req.status = 400
        return "Give two whole numbers: ?a=1&b=2"


def greet(req, name="stranger"):
    if isinstance(name, list):  # ?name=Ada&name=Bob
        name = " and ".join(name)
    req.content_type = "text/html; charset=utf-8"
    return f"<!doctype html>\n<title>Hello</title>\n<p>Hello, {escape(name)}. You are number {count()}.</p>\n"


def count():
    """Not for requests: its first parameter is not `req`."""
    global calls
    calls += 1
    return calls
