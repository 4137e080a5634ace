#!/usr/bin/env python3
# What FastCGI is, without a library: /cgi-bin/counter.fcgi
#
# A CGI script ends after its request. A FastCGI application stays: here the
# name .fcgi says so. It is started once, with a listening socket as its
# descriptor 0, and takes one request after the other. What the variables of
# a CGI request and its stdin would be comes as records over that socket;
# stdout and stderr go back the same way. So a counter survives from request
# to request, and nothing waits for an interpreter to start.
#
# Usually a library does this (FCGI for Perl, libfcgi for C, flup for Python).
# This is all there is to it: Timing has each record, the tab Workers this
# process.
#
# Try: send it a few times, then save this file: a new process counts anew.
import os
import socket
import struct
from html import escape

# A record: version, type, request id, length of content, padding, reserved.
HEADER = struct.Struct(">BBHHBx")
BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 2, 3, 4, 5, 6
KEEP_CONNECTION = 1

count = 0  # what a CGI script would have to store in a file


def answer(environment: dict[str, str], body: bytes) -> bytes:
    """The CGI part: headers, a blank line, the page."""
    global count
    count += 1
    you = escape(environment.get("REMOTE_ADDR", "somebody"))
    said = escape(body[:200].decode("utf-8", "replace")) or "nothing"
    page = f"""<!doctype html>
<html lang="en">
<title>A counter in memory</title>
<p>Process {os.getpid()} has answered <b>{count}</b> {"request" if count == 1 else "requests"}. {you} sent {said}.</p>
<form method="post"><button name="again" value="yes">Again</button></form>
</html>
"""
    return b"Content-Type: text/html; charset=utf-8\n\n" + page.encode("utf-8")


def pairs(content: bytes) -> dict[str, str]:
    """Each a length, a length, a name, a value; from 128 on a length takes four bytes, the first bit set."""
    found, at = {}, 0
    while at < len(content):
        lengths = []
        for _ in range(2):
            if content[at] < 128:
                lengths.append(content[at])
                at += 1
            else:
                lengths.append(struct.unpack_from(">I", content, at)[0] & 0x7FFFFFFF)
                at += 4
        name, value = content[at : at + lengths[0]], content[at + lengths[0] : at + sum(lengths)]
        found[name.decode("latin-1")] = value.decode("latin-1")
        at += sum(lengths)
    return found


def record(kind: int, request: int, content: bytes = b"") -> bytes:
    return HEADER.pack(1, kind, request, len(content), 0) + content


def serve(stream) -> None:
    """The requests of one connection; an empty record ends a stream."""
    params = body = b""
    keep = False
    while len(header := stream.read(HEADER.size)) == HEADER.size:
        _, kind, request, length, padding = HEADER.unpack(header)
        content = stream.read(length + padding)[:length]
        if kind == BEGIN_REQUEST:
            params = body = b""
            keep = bool(content[2] & KEEP_CONNECTION)
        elif kind == PARAMS:
            params += content
        elif kind == STDIN and content:
            body += content
        elif kind in (STDIN, ABORT_REQUEST):  # all is here, or nobody wants it any more
            if kind == STDIN:
                page = answer(pairs(params), body)
                for at in range(0, len(page), 65535):  # a record holds no more
                    stream.write(record(STDOUT, request, page[at : at + 65535]))
                stream.write(record(STDOUT, request))
            stream.write(record(END_REQUEST, request, bytes(8)))  # exit status 0, complete
            stream.flush()
            if not keep:
                return


listener = socket.socket(fileno=0)
while True:
    connection, _ = listener.accept()
    try:
        with connection, connection.makefile("rwb") as stream:
            serve(stream)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server closed it
