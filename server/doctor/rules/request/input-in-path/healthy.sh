#!/bin/sh
# Shows one of three pages.
page=${QUERY_STRING#page=}
echo "Content-Type: text/plain; charset=utf-8"
echo
case "$page" in
  start|about|help) cat "pages/$page" 2>/dev/null ;;
  *) echo "There is no such page." ;;
esac
