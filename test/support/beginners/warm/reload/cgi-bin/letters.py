#!/usr/bin/env python3
import os
import string

import importlib

string = importlib.import_module("string")
string.ascii_lowercase += "äöüß"
print("Content-Type: text/plain; charset=utf-8")
print()
print(len(string.ascii_lowercase), "letters")
print(f"I am process {os.getpid()}.")
