#!/usr/bin/env python3
name = input("Your name: ")
print("Content-Type: text/plain; charset=utf-8\n")
print("Hello", name)
