#!/usr/bin/env python3
import os
import sys
import time
from urllib.parse import parse_qs

start = int(parse_qs(os.environ["QUERY_STRING"]).get("from", ["5"])[0])

print("Content-Type: text/plain; charset=utf-8")
print()
for number in range(start, 0, -1):
    print(f"{number} ...")
    sys.stdout.flush()
    time.sleep(0.2)
print("lift-off")
