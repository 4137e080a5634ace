#!/usr/bin/env python3
pid = os.getpid()
print("Content-Type: text/plain")
print()
print("Hello")
print(pid)
