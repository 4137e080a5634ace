#!/usr/bin/env python3
import json
print("Content-Type: text/plain")
print()
print("hello")
