#!/bin/sh
printf 'Content-Type: text/plain\nLast-Modified: Fri, 20 Nov 2026 12:00:00 GMT\nExpires: 0\n\nhello'
