#!/bin/sh
echo "Content-Type: text/plain; charset=utf-8"
echo # the empty line: here the headers end
echo "Hello from $SCRIPT_NAME"
echo "The query is: ${QUERY_STRING:-empty}"
