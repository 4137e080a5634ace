#!/usr/bin/env python3
import os

print("Content-Type: text/plain; charset=utf-8")
print()
print("You asked by " + os.environ["REQUEST_METHOD"])
try:
    room = os.environ["HTTP_X_ROOM"]
except:
    room = "unknown"
print("You are in room", room)
