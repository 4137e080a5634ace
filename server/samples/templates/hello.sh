#!/bin/sh
echo "Content-Type: text/plain; charset=utf-8"
echo # the blank line: the headers end here
echo "Hello from $SCRIPT_NAME"
echo "The query is: ${QUERY_STRING:-empty}"
