#!/usr/bin/env python3
visits = 1

print(f"Set-Cookie: visits={visits}; HttpOnly")
print("Content-Type: text/plain; charset=utf-8")
print()
print("Visit", visits)
