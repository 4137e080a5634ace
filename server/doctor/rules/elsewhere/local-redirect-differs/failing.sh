#!/bin/sh
[ -n "$PATH_INFO" ] || { printf 'Location: %s/page\n\n' "$SCRIPT_NAME"; exit; }
printf 'Content-Type: text/plain\n\nhello\n'
