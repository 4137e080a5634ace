#!/bin/sh
# Finds a word in a list (CWE-88).
word=$(printf '%s' "$QUERY_STRING" | sed -n 's/^word=\([^&]*\).*/\1/p')
printf 'Content-Type: text/plain; charset=utf-8\n\n'
printf 'apples\npears\n' | grep "$word" 2>&1 || echo "There is none."
