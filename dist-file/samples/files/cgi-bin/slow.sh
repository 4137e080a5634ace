#!/bin/sh
# Takes its time: a line every second, /cgi-bin/slow.sh?seconds=3
#
# Look at Timing: the headers are there at once, and each write is a tick of
# its own. Try "Stop" while it runs: the script gets a TERM signal, as it does
# when a browser goes away.

# To stderr, and so to the trace: what a server would put into its error log.
trap 'echo "stopped after $i of $seconds seconds" >&2; exit 1' TERM

seconds=${QUERY_STRING#seconds=}
case $seconds in
  [1-9] | [12][0-9] | 30) ;; # from 1 to 30, and nothing else
  *) seconds=3 ;;
esac

echo "Content-Type: text/plain; charset=utf-8"
echo "Cache-Control: no-store"
echo

i=0
while [ "$i" -lt "$seconds" ]; do
  echo "second $i of $seconds"
  sleep 1
  i=$((i + 1))
done
echo "done"
