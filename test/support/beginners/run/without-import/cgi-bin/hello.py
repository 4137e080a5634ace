#!/usr/bin/env python3
# Greets whoever asks.

print("Content-Type: text/plain")
print()
print("Hello from a program.")
print(os.getpid())
