#!/usr/bin/env python3
import time
print("Content-Type: text/event-stream\n")
for number in range(3):
    print(f"data: {number}\n", flush=True)
    time.sleep(0.75)
