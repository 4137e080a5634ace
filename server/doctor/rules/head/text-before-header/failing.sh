#!/bin/sh
echo 'debug here'
printf 'Content-Type: text/plain\n\nhello\n'
