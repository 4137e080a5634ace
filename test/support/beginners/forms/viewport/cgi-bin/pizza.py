#!/usr/bin/env python3
import html, os
from urllib.parse import parse_qs
toppings = parse_qs(os.environ["QUERY_STRING"]).get("topping", ["nothing"])
print("Content-Type: text/html; charset=utf-8\n")
print("<!doctype html><meta name='viewport' content='width=device-width'><title>Pizza</title>")
print("<form name='order'><input type='checkbox' name='topping' value='ham'> ham")
print("<input type='checkbox' value='egg'> egg")
print("<button name='go'>Order</button></form>")
print("<p>You chose", html.escape(", ".join(toppings)))
