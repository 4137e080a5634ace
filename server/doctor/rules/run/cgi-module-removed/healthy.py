#!/usr/bin/env python3
import os
from urllib.parse import parse_qs
print("Content-Type: text/plain")
print()
print(parse_qs(os.environ["QUERY_STRING"]))
