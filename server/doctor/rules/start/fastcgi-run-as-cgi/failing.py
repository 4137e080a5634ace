#!/usr/bin/env python3
# A FastCGI application without a library: see the example "counter".
import socket
import struct

answer = b"Content-Type: text/plain; charset=utf-8\n\nhello\n"


def record(kind, request, content=b""):
    return struct.pack(">BBHHBx", 1, kind, request, len(content), 0) + content


listener = socket.socket(fileno=0)
while True:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as stream:
        while len(header := stream.read(8)) == 8:
            _, kind, request, length, padding = struct.unpack(">BBHHBx", header)
            stream.read(length + padding)
            if kind == 5 and length == 0:  # the end of stdin
                stream.write(record(6, request, answer) + record(6, request) + record(3, request, bytes(8)))
                stream.flush()
