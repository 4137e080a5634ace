#!/bin/sh
# Looks a host up; the fields become variables by eval (CWE-95).
eval `echo "$QUERY_STRING" | tr '&' ';'`
printf 'Content-Type: text/plain; charset=utf-8\n\n'
echo "Looking up $host"
