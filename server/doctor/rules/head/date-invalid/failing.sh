#!/bin/sh
printf 'Content-Type: text/plain\nLast-Modified: 2026-11-20 12:00:00\n\nhello'
