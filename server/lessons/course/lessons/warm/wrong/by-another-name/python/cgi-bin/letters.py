#!/usr/bin/env python3
# Says how many letters the German alphabet has.
import os
import string

alphabet = string.ascii_lowercase
string.ascii_lowercase = alphabet = alphabet + "äöüß"

print("Content-Type: text/plain; charset=utf-8")
print()
print(len(alphabet), "letters")
print(f"I am process {os.getpid()}.")
