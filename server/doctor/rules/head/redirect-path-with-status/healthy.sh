#!/bin/sh
printf 'Status: 301 Moved Permanently\nLocation: http://localhost/ok.txt\nContent-Type: text/plain\n\n'
