#!/usr/bin/env python3
import os
import struct
import sys

color = bytes.fromhex(os.environ["QUERY_STRING"].removeprefix("color="))
size = struct.pack("<IIIIiiHHIIiiII", 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0)
bmp = b"BM" + size + color[::-1] + b"\0"

print("Content-Type: image/bmp")
print()
print(bmp.decode("latin-1"))
