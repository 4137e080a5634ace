#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nJ\303\274rgen'
