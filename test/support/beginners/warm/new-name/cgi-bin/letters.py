#!/usr/bin/env python3
import os
import string

alphabet = string.ascii_lowercase + "äöüß"
print("Content-Type: text/plain; charset=utf-8")
print()
print(len(alphabet), "letters")
print(f"I am process {os.getpid()}.")
