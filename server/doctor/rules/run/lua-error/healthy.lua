#!/usr/bin/env lua
print("Content-Type: text/plain; charset=utf-8\n\nhello")
