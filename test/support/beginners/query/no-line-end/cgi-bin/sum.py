#!/usr/bin/env python3
import os
from urllib.parse import parse_qs
f = parse_qs(os.environ["QUERY_STRING"])
print("Content-Type: text/plain\n")
try: print(int(f["a"][0])+int(f["b"][0]), end="")
except Exception: print("Two numbers please")
