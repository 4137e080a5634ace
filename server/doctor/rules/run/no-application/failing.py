#!/usr/bin/env python3
import os

print("Content-Type: text/plain; charset=utf-8")
print()
print("hello from", os.environ.get("SCRIPT_NAME"))
