#!/usr/bin/env python3
# The encoding trap: the header says one charset, the bytes are another.
#
# /cgi-bin/encoding.py           says utf-8, writes latin-1: "J�rgen" in the browser
# /cgi-bin/encoding.py?fixed     says utf-8, writes utf-8:   "Jürgen"
#
# "ü" is one byte in Latin-1 (FC) and two in UTF-8 (C3 BC). A body has no
# charset of its own: the reader believes the header. Look at the bytes in
# Stdout, as hex: FC is no character of UTF-8 at all. The other way round,
# UTF-8 that is read as Latin-1, is the famous "JÃ¼rgen". One rule saves from
# both: UTF-8 everywhere, and said in the header.
import os
import sys

charset = "utf-8" if os.environ.get("QUERY_STRING") == "fixed" else "latin-1"

page = """<!doctype html>
<html lang="de">
<title>Grüße</title>
<h1>Grüße an Jürgen</h1>
"""

# Bytes go to sys.stdout.buffer; print() would encode by the locale, which is
# how most people fall into this trap.
sys.stdout.buffer.write(b"Content-Type: text/html; charset=utf-8\n\n")
sys.stdout.buffer.write(page.encode(charset))
