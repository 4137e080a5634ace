#!/bin/shell
echo "Content-Type: text/plain"
echo
echo "knock"
