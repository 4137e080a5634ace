#!/bin/sh
printf 'Content-Type: text/plain\nX-Note: a\n  b\n\nhello'
