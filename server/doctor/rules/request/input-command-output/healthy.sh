#!/bin/sh
# What is done with the query is in another file, which is not used here.
printf 'Content-Type: text/plain; charset=utf-8\n\n'
printf 'Looking up %s\n' "${QUERY_STRING#host=}"
