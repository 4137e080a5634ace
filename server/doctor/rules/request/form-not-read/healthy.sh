#!/bin/sh
form=$(head -c "$CONTENT_LENGTH")
first=$(printf %s "$form" | sed -n 's/.*first=\([0-9]*\).*/\1/p')
printf 'Content-Type: text/plain\n\nfirst is %s\n' "$first"
