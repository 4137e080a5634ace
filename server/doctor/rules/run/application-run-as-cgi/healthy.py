#!/usr/bin/env python3
from wsgiref.handlers import CGIHandler


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"hello from ", environ["SCRIPT_NAME"].encode()]


CGIHandler().run(application)
