#!/bin/sh
printf 'Location: http://127.0.0.1/next.html\n\n'
