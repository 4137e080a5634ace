#!/usr/bin/env python3
import sys
sys.stdout.buffer.write("\ufeffContent-Type: text/plain; charset=utf-8\n\nhello\n".encode())
