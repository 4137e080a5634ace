#!/bin/sh
printf 'Content-Type: text/html; charset=iso-8859-1\n\nJ\303\274rgen'
