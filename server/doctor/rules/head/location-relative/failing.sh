#!/bin/sh
printf 'Location: next.html\n\n'
