#!/bin/sh
set -e
nothing-like-this hello
printf 'Content-Type: text/plain\n\n'
