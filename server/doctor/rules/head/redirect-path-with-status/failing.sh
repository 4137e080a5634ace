#!/bin/sh
printf 'Status: 301 Moved Permanently\nLocation: /ok.txt\nContent-Type: text/plain\n\n'
