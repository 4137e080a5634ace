#!/usr/bin/env python3
# Counts its visitors, in a file.
import fcntl
import os
import time

COUNT = ".count"

with open(os.open(COUNT, os.O_RDWR | os.O_CREAT), "r+") as file:
    fcntl.flock(file, fcntl.LOCK_EX)  # waits until nobody else has it
    number = int(file.read() or 0)

    time.sleep(0.2)  # stands for real work
    number += 1

    file.seek(0)
    file.write(str(number))
    file.truncate()
# The file is closed here, and the lock is free again.

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
