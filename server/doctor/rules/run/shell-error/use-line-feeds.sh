#!/bin/sh
if true; then
printf 'Content-Type: text/plain\n\nhello\n'
fi
