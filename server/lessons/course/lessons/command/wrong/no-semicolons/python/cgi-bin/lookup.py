#!/usr/bin/env python3
# /cgi-bin/lookup.py?host=example looks up a host.
import os
from urllib.parse import parse_qs

host = parse_qs(os.environ["QUERY_STRING"]).get("host", [""])[0]

print("Content-Type: text/plain; charset=utf-8")
print(flush=True)  # before the other program prints
os.system("echo looking up " + host.replace(";", ""))
