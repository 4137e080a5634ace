#!/bin/sh
printf 'Content-Type: text/plain\nX-Note: a b\n\nhello'
