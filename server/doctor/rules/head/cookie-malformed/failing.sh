#!/bin/sh
printf 'Content-Type: text/plain; charset=utf-8\nSet-Cookie: name=J\303\274rgen; Path=/\n\nhello'
