#!/usr/bin/env python3
# /cgi-bin/dot.py?color=3366cc is a picture of one dot.
import os
import struct
import sys

color = bytes.fromhex(os.environ["QUERY_STRING"].removeprefix("color="))
size = struct.pack("<IIIIiiHHIIiiII", 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0)
bmp = b"BM" + size + color[::-1] + b"\0"

sys.stdout.buffer.write(b"Content-Type: image/bmp\n\n" + bmp + b"\n")
