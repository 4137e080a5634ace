#!/usr/bin/env python3
import os
home = os.environ.get("NOBODY_SETS_THIS", "nowhere")
print("Content-Type: text/plain")
print()
print(home)
