#!/bin/sh
printf 'Content-Type: text/plain\n\nhello\n'
exit 3
