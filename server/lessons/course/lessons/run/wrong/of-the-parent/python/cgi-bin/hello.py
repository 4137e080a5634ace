#!/usr/bin/env python3
# Greets whoever asks.
import os

print("Content-Type: text/plain")
print()
print("Hello from a program.")
print(f"I am process {os.getppid()}.")
