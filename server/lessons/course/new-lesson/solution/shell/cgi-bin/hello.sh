#!/bin/sh
# /cgi-bin/hello.sh?name=Ada greets Ada.

name=${QUERY_STRING#name=}
printf 'Content-Type: text/plain; charset=utf-8\n\n'
printf 'Hello, %s!\n' "$name"
