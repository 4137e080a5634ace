#!/usr/bin/env python3
import os
from urllib.parse import parse_qs
f = parse_qs(os.environ["QUERY_STRING"])
print("Content-Type: text/plain\n")
try: print(int(f["a"][0])+int(f["b"][0]))
except (KeyError, ValueError): print("No Traceback for you. Two numbers please")
