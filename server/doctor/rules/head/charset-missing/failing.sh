#!/bin/sh
printf 'Content-Type: text/html\n\nJ\303\274rgen'
