#!/bin/sh
printf 'Content-Type: text/plain\nSet-Cookie: id=1; SameSite=None\n\nhello'
