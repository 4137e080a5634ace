#!/usr/bin/env python3
import html, os
from urllib.parse import parse_qs
c = parse_qs(os.environ["QUERY_STRING"]).get("topping", ["nothing"])
print("Content-Type: text/html; charset=utf-8\n")
print("""<form><input type="checkbox" value="ham" name = "topping"> ham
<input type="checkbox" value="egg" NAME="topping"> egg<button>Order</button></form>""")
print("<p>You chose", html.escape(" and ".join(c)))
