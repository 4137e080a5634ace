#!/usr/bin/env python3
import fcntl
import os
import time

COUNT = ".count"

number = 0
if os.path.exists(COUNT):
    with open(COUNT) as file:
        number = int(file.read() or 0)
time.sleep(0.2)  # stands for real work
number += 1
with open(COUNT, "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    file.write(str(number))

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
