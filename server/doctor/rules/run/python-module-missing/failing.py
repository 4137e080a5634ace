#!/usr/bin/env python3
import nothing_like_this
print("Content-Type: text/plain")
print()
