#!/bin/sh
# /cgi-bin/sum.sh?a=1&b=2 adds two numbers.

first=${QUERY_STRING%%&*}
second=${QUERY_STRING#*&}

echo "Content-Type: text/plain; charset=utf-8"
echo
echo "${first#*=}${second#*=}"
