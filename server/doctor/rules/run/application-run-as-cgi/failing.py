#!/usr/bin/env python3


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"hello from ", environ["SCRIPT_NAME"].encode()]
