#!/bin/sh
a=$(echo "&$QUERY_STRING" | sed -n 's/.*&a=\([^&]*\).*/\1/p')
b=$(echo "&$QUERY_STRING" | sed -n 's/.*&b=\([^&]*\).*/\1/p')
echo "Content-Type: text/plain"
echo
expr "$a" + "$b"
