#!/usr/bin/env python3
import os
import sys
from urllib.parse import unquote_to_bytes

name = unquote_to_bytes(os.environ["QUERY_STRING"]).decode("windows-1252")
sys.stdout.reconfigure(encoding="utf-8")
print(f"Content-Type: text/plain; charset=utf-8\n\n{name}")
