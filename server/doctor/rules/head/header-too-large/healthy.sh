#!/bin/sh
printf 'X: '
head -c 200 /dev/zero | tr '\0' x
printf '\nContent-Type: text/plain\n\nhello'
