#!/usr/bin/env python3
import threading

number = 0
lock = threading.Lock()
with lock:
    number += 1

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
