#!/usr/bin/env python3
# An image made by a script: /cgi-bin/image.py?waves=3
#
# The body of a response is bytes, and they may be anything. Here they are a
# PNG, made by hand: a signature, then chunks of length, name, data and
# checksum.
import math
import os
import struct
import sys
import zlib
from urllib.parse import parse_qs

WIDTH, HEIGHT = 320, 160

value = parse_qs(os.environ.get("QUERY_STRING", "")).get("waves", ["3"])[0]
waves = int(value) if value.isascii() and value.isdigit() and len(value) <= 2 else 3


def pixel(x: int, y: int) -> bytes:
    """Red, green, blue: a sine on a fading sky."""
    curve = HEIGHT / 2 - math.sin(x / WIDTH * math.tau * waves) * HEIGHT * 0.35
    if abs(y - curve) < 2:
        return b"\xff\xff\xff"
    return bytes((31 + y // 4, 111 - y // 5, 235 - y // 2))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT))  # each row begins with its filter: none
png = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0))  # 8 bits, red green blue
    + chunk(b"IDAT", zlib.compress(rows))
    + chunk(b"IEND", b"")
)

# To buffer, not by print(): that is for text, and would encode the bytes once
# more. No charset either, it is no text.
out = sys.stdout.buffer
out.write(b"Content-Type: image/png\n")
out.write(f"Content-Length: {len(png)}\n".encode("ascii"))
out.write(b"\n")
out.write(png)
