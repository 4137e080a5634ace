#!/usr/bin/env python3
import html
import os
import sys
from urllib.parse import parse_qs

sys.stdout.reconfigure(encoding="utf-8")

fields = parse_qs(os.environ["QUERY_STRING"])
print("Content-Type: text/html; charset=utf-8")
print()
print("<!doctype html><title>Pizza</title>")
print("<form>")
print('<input type="checkbox" name="topping" value="ham"> ham')
print('<input type="checkbox" name="topping" value="egg"> egg')
print("<button>Order</button>")
print("</form>")
if "topping" in fields:
    for one in fields["topping"]:
        print("<p>You chose", html.escape(one))
else:
    print("<p>You chose nothing")
