#!/bin/sh
# Shows the page that the query names (CWE-22).
page=${QUERY_STRING#page=}
echo "Content-Type: text/plain; charset=utf-8"
echo
cat "pages/$page"
