#!/bin/sh
# Tells visitors how they asked and where they are.

echo "Content-Type: text/plain; charset=utf-8"
echo
echo "You asked by GET"
echo "You are in room $HTTP_X_ROOM"
