#!/usr/bin/env python3
# Says how many letters the German alphabet has.
import os
import string

string.ascii_lowercase += "äöüß"

print("Content-Type: text/plain; charset=utf-8")
print()
print(len(string.ascii_lowercase), "letters")
print(f"I am process {os.getpid()}.")
