# The prices of the canteen.
import os

prices = "soup 3"
if os.path.exists("/home/ada/canteen/prices.txt"):
    with open("/home/ada/canteen/prices.txt") as file:
        prices = file.read()

print("Content-Type: text/html")
print()
print("<!doctype html><title>Prices</title>")
print(f'<p><a href="http://localhost:8080/cgi-bin/prices.py">Grüße aus der Küche</a> {prices}')
