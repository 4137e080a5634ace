#!/bin/sh
printf 'Content-Type: text/plain\nSet-Cookie: id=1; SameSite=None; Secure\nSet-Cookie: __Host-id=1; Secure; Path=/\n\nhello'
