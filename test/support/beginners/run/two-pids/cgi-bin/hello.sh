#!/bin/sh
# Greets whoever asks.
echo "Content-Type: text/plain"
echo
echo "Hello from a program."
sh -c 'echo process $$'
