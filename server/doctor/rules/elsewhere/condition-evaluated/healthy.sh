#!/bin/sh
if [ "$HTTP_IF_NONE_MATCH" = '"v1"' ]; then
  printf 'Status: 304 Not Modified\nETag: "v1"\n\n'
else
  printf 'Content-Type: text/plain\nETag: "v1"\n\nThe page.\n'
fi
