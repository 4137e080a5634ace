#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n<p>a</p><p>b</p>'
