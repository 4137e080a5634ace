#!/bin/sh
form=$(head -c "$CONTENT_LENGTH")
a=$(printf %s "$form" | sed -n 's/.*a=\([0-9]*\).*/\1/p')
printf 'Content-Type: text/plain\n\na is %s\n' "$a"
