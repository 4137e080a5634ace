#!/usr/bin/env python3
import os
home = os.environ["NOBODY_SETS_THIS"]
print("Content-Type: text/plain")
print()
print(home)
