#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n<meta charset="utf-8"><p>J\303\274rgen'
