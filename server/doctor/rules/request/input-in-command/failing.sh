#!/bin/sh
# Pings by a command line made of text (CWE-78).
host=$(echo "$QUERY_STRING" | sed -n 's/^.*host=\([^&]*\).*$/\1/p' | sed 's/%20/ /g')
printf 'Content-Type: text/plain; charset=utf-8\n\n'
sh -c "echo ping -c 1 $host" 2>&1
