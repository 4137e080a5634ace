# Speaks FastCGI. serve(answer) calls answer(environment, body) for each request and sends what it returns.
import os
import socket
import struct

BEGIN, END, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6


def serve(answer):
    listener = socket.socket(fileno=os.dup(0))  # the server listens here, where a CGI script has its input
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as incoming:
            while one_request(connection, incoming, answer):
                pass


def one_request(connection, incoming, answer):
    parts = {PARAMS: b"", STDIN: b""}
    number, keep = 0, False
    while True:
        head = incoming.read(8)
        if len(head) < 8:
            return False
        _, kind, number, length, padding = struct.unpack(">BBHHBx", head)
        content = incoming.read(length)
        incoming.read(padding)
        if kind == BEGIN:
            keep = bool(content[2] & 1)
        elif kind in parts:
            parts[kind] += content
        if kind == STDIN and length == 0:
            break
    output = answer(environment_of(parts[PARAMS]), parts[STDIN]).encode("utf-8")
    for at in range(0, len(output), 65535):
        send(connection, STDOUT, number, output[at : at + 65535])
    send(connection, STDOUT, number, b"")
    send(connection, END, number, bytes(8))
    return keep


def send(connection, kind, number, content):
    connection.sendall(struct.pack(">BBHHBx", 1, kind, number, len(content), 0) + content)


def environment_of(content):
    pairs, at = {}, 0
    while at < len(content):
        lengths = []
        for _ in range(2):
            if content[at] < 128:
                lengths.append(content[at])
                at += 1
            else:
                lengths.append(struct.unpack(">I", content[at : at + 4])[0] & 0x7FFFFFFF)
                at += 4
        name = content[at : at + lengths[0]].decode("utf-8", "surrogateescape")
        at += lengths[0]
        pairs[name] = content[at : at + lengths[1]].decode("utf-8", "surrogateescape")
        at += lengths[1]
    return pairs
