#!/usr/bin/env python3
import os
import sys
from urllib.parse import parse_qs

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from fastcgi import serve


def answer(environment, body):
    names = parse_qs(environment.get("QUERY_STRING", "")).get("name", ["stranger"])
    text = "Content-Type: text/plain; charset=utf-8\n\n"
    text += "Hello, " + " and ".join(names) + "\n"
    text += "I am process " + str(os.getpid()) + ".\n"
    return text


serve(answer)
