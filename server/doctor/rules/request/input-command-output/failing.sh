#!/bin/sh
# What is done with the query is in another file.
. ./lookup.inc
printf 'Content-Type: text/plain; charset=utf-8\n\n'
lookup
