#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n<p>a</p>\357\273\277<p>b</p>'
