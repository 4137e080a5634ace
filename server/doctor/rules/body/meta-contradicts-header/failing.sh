#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\n<meta charset="iso-8859-1"><p>J\303\274rgen'
