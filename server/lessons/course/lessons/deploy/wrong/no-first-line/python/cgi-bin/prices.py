# The prices of the canteen.
import os
import sys

sys.stdout.reconfigure(encoding="utf-8")

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "..", "prices.txt"), encoding="utf-8") as file:
    prices = file.read()

print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Prices</title>")
print(f'<p><a href="{os.environ["SCRIPT_NAME"]}">Grüße aus der Küche</a> {prices}')
