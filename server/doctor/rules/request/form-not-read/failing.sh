#!/bin/sh
first=$(printf %s "$QUERY_STRING" | sed -n 's/.*first=\([0-9]*\).*/\1/p')
printf 'Content-Type: text/plain\n\nfirst is %s\n' "$first"
