#!/usr/bin/env python3
# /cgi-bin/nph-late.py?in=Oslo says that it is late.
import os
import sys

sys.stdout.reconfigure(newline="")  # else Windows writes \r\r\n

town = os.environ["QUERY_STRING"].removeprefix("in=")
page = f"It is late in {town}\n"

sys.stdout.write("Status: 200 OK\r\n")
sys.stdout.write("Content-Type: text/plain\r\n")
sys.stdout.write(f"Content-Length: {len(page)}\r\n")
sys.stdout.write("Connection: close\r\n")
sys.stdout.write("\r\n")
sys.stdout.write(page)
