#!/usr/bin/env python3
# Shows XML with one element a line, indented.
import html
import sys
from xml.dom import minidom
from xml.parsers.expat import ExpatError


def without_blanks(node):
    for child in list(node.childNodes):
        if child.nodeType == child.TEXT_NODE and not child.data.strip():
            node.removeChild(child)
        else:
            without_blanks(child)


try:
    document = minidom.parseString(sys.stdin.buffer.read())
except ExpatError as error:
    print("Content-Type: text/plain; charset=utf-8\n")
    print(f"This is not well-formed XML: {error}")
    sys.exit()
without_blanks(document)
pretty = document.toprettyxml(indent="  ")
sys.stdout.reconfigure(encoding="utf-8")
print("Content-Type: text/html; charset=utf-8\n")
print(f"<!DOCTYPE html><title>XML</title><pre>{html.escape(pretty)}</pre>")
