#!/usr/bin/env python3
import os, sys
from urllib.parse import parse_qs
f = parse_qs(os.environ["QUERY_STRING"])
print("Content-Type: text/plain\n")
try: print(int(f["a"][0])+int(f["b"][0]))
except Exception: sys.exit("Error: two numbers, please")
