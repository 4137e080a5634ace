#!/bin/sh
printf 'Content-Type: text/plain\nX-Tags: '
head -c 6000 /dev/zero | tr '\0' x
printf '\n\nhello'
