#!/usr/bin/env python3
# Tells visitors how they asked and where they are.
import os

print("Content-Type: text/plain; charset=utf-8")
print()
print("You asked by", os.environ["REQUEST_METHOD"])
print("You are in room", os.environ["HTTP_X_ROOM"])
