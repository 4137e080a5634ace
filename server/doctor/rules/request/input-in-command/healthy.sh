#!/bin/sh
# Pings a host that is a name and nothing else.
host=$(echo "$QUERY_STRING" | sed -n 's/^.*host=\([^&]*\).*$/\1/p')
printf 'Content-Type: text/plain; charset=utf-8\n\n'
case $host in
  *[!A-Za-z0-9.-]* | -* | '') echo "That is no host."; exit 0 ;;
esac
sh -c "echo ping -c 1 $host" 2>&1
