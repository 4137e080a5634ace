#!/bin/sh
echo 'something odd' >&2
printf 'Content-Type: text/plain\n\nhello\n'
