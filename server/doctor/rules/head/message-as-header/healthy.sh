#!/bin/sh
echo 'Warning: cannot open the database' >&2; printf 'Content-Type: text/plain\nX-Powered-By: a shell and some luck\n\nhello'
