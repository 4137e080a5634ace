#!/usr/bin/env python3
print("Status: 302 Found")
print("Location: http://example.test/new")
print()
