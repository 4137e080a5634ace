#!/bin/sh
printf 'X: '
head -c 70000 /dev/zero | tr '\0' x
printf '\nContent-Type: text/plain\n\n'
