#!/usr/bin/env python3
import os
length = int(os.environ.get("CONTENT_LENGTH") or 0)
print("Content-Type: text/plain; charset=utf-8\n")
print(length)
