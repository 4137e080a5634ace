#!/usr/bin/env python3


def index(req, name="you"):
    return "hello " + name
