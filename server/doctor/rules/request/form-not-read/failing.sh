#!/bin/sh
a=$(printf %s "$QUERY_STRING" | sed -n 's/.*a=\([0-9]*\).*/\1/p')
printf 'Content-Type: text/plain\n\na is %s\n' "$a"
