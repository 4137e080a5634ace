#!/bin/sh
echo "working on it" >&2
printf 'Content-Type: text/plain; charset=utf-8\n\n'
echo "hello from $SCRIPT_NAME"
