#!/bin/sh
printf 'Status: 302 Found\nLocation: http://localhost/\nContent-Type: text/plain\n\n'
