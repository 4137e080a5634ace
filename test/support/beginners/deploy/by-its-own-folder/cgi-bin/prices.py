#!/usr/bin/env python3
# The prices of the canteen.
import os

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "prices.txt"), encoding="utf-8") as file:
    prices = file.read()

print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Prices</title>")
print(f'<p><a href="{os.environ["SCRIPT_NAME"]}">Grüße aus der Küche</a> {prices}')
