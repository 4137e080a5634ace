#!/bin/sh
# Behaves like a shell of 2014: each variable that begins with "() {" becomes a function.
for name in $(env | grep -v ^HTTP_ | sed -n 's/^\([A-Za-z_0-9]*\)=() {.*/\1/p'); do
    eval "value=\$$name"
    eval "$name $value"
done

echo "Content-Type: text/plain"
echo
echo "hello"
