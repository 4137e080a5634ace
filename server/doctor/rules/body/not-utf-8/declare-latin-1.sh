#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n'
echo '<!doctype html><title>x</title><p>Grüße aus Köln</p>'
