#!/usr/bin/env python3
import fcntl
import os
import time

COUNT = ".count"

lock = open(".lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
number = 0
if os.path.exists(COUNT):
    with open(COUNT) as file:
        number = int(file.read() or 0)
time.sleep(0.2)  # stands for real work
number += 1
with open(COUNT, "w") as file:
    file.write(str(number))
lock.close()

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
