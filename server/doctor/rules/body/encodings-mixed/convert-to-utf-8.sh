#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n'
echo '<!doctype html><title>x</title><p>Grüße aus Köln</p>'
printf '<p>Gr\303\274\303\237e aus K\303\266ln</p>\n'
