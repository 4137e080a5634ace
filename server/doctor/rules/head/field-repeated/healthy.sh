#!/bin/sh
printf 'Content-Type: text/plain\nSet-Cookie: a=1\nSet-Cookie: b=2\nVary: Accept\nVary: Cookie\n\nhello'
