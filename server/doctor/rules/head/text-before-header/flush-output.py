#!/usr/bin/env python3
import subprocess

print("Content-Type: text/plain; charset=utf-8\n")
print("Today:")
subprocess.run(["date"])
