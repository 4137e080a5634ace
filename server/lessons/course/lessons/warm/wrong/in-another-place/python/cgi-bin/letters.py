#!/usr/bin/env python3
# Says how many letters the German alphabet has.
import os
import string

string.german = getattr(string, "german", string.ascii_lowercase) + "äöüß"
alphabet = string.german

print("Content-Type: text/plain; charset=utf-8")
print()
print(len(alphabet), "letters")
print(f"I am process {os.getpid()}.")
