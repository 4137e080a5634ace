#!/bin/sh
printf 'Content-Type: text/plain\n\nhello\n'
sleep 4 >/dev/null 2>&1 &
