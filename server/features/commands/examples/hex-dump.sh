#!/bin/sh
# Shows the bytes in hex, 16 a line, each line with its offset.
printf 'Content-Type: text/plain; charset=us-ascii\n\n'
exec od -A x -t x1 -v
