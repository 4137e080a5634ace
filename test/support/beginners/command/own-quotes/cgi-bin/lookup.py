#!/usr/bin/env python3
import os
import subprocess
from urllib.parse import parse_qs

host = parse_qs(os.environ["QUERY_STRING"]).get("host", [""])[0]

print("Content-Type: text/plain; charset=utf-8")
print(flush=True)
os.system("echo looking up '" + host + "'")
