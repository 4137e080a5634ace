#!/usr/bin/env python3
import os
import time

COUNT = ".count"

while os.path.exists(".lock"):
    time.sleep(0.01)
open(".lock", "w").close()
try:
    number = int(open(COUNT).read()) if os.path.exists(COUNT) else 0
    time.sleep(0.2)  # stands for real work
    number += 1
    with open(COUNT, "w") as file:
        file.write(str(number))
finally:
    os.remove(".lock")

print("Content-Type: text/plain; charset=utf-8")
print()
print(number)
