#!/bin/sh
cat >/dev/null
printf 'Content-Type: text/plain\n\nhello\n'
