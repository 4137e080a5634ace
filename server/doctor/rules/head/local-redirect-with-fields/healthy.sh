#!/bin/sh
printf 'Status: 302 Found\nLocation: http://localhost/ok.txt\nContent-Type: text/plain\n\nbody'
