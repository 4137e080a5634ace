#!/bin/sh
# /cgi-bin/sum.sh?a=1&b=2 adds two numbers.

a=
b=
set -f # a * in the query is only a sign
IFS='&'
for pair in $QUERY_STRING; do
    case $pair in
    a=*) a=${pair#a=} ;;
    b=*) b=${pair#b=} ;;
    esac
done

echo "Content-Type: text/plain; charset=utf-8"
echo
case "$a,$b" in
,* | *, | *[!0-9,]*) echo "Please give two numbers, such as ?a=1&b=2" ;;
*) echo "$((a + b))" ;;
esac
