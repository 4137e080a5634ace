#!/bin/sh
# Looks a host up; the query is split, never evaluated.
IFS='&'
for pair in $QUERY_STRING; do
  case $pair in
    host=*) host=${pair#host=} ;;
  esac
done
printf 'Content-Type: text/plain; charset=utf-8\n\n'
echo "Looking up $host"
