#!/usr/bin/env python3
# Counts its visitors, in a file.
import os
import time

COUNT = ".count"
BUSY = ".busy"

while True:
    try:
        os.close(os.open(BUSY, os.O_CREAT | os.O_EXCL))
        break
    except FileExistsError:
        time.sleep(0.01)

number = 0
if os.path.exists(COUNT):
    with open(COUNT) as file:
        number = int(file.read() or 0)

time.sleep(0.2)  # stands for real work
number += 1

with open(COUNT, "w") as file:
    file.write(str(number))
os.remove(BUSY)

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
