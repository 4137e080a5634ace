#!/bin/sh
# The canteen's menu, in three kinds.

echo "Content-Type: text/html; charset=utf-8"
echo
case $QUERY_STRING in
as=json)
    echo '{"soup": 3.2, "bread": 1}'
    ;;
as=text)
    echo "soup <today>: 3.20"
    echo "bread: 1.00"
    ;;
*)
    echo "<!doctype html><title>Menu</title>"
    echo "<h1>Menu</h1><p>soup 3.20, bread 1.00</p>"
    ;;
esac
