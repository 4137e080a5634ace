#!/usr/bin/env python3
import sys

page = "Grüße an Jürgen\n".encode()
sys.stdout.buffer.write(f"Content-Type: text/plain; charset=utf-8\nContent-Length: {len(page)}\n\n".encode() + page)
