#!/usr/bin/env python3
# /cgi-bin/greet.fcgi?name=Ada greets Ada. It is started once, for many requests.
import os
import sys
from urllib.parse import parse_qs

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from fastcgi import serve


def answer(environment, body):
    names = parse_qs(environment["QUERY_STRING"]).get("name", ["stranger"])
    return (
        "Content-Type: text/plain; charset=utf-8\n\n"
        f"Hello, {' and '.join(names)}\n"
        f"I am process {os.getpid()}.\n"
    )


serve(answer)
