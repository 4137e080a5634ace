#!/bin/sh
printf 'Content-Type: text/plain\nContent-Type: text/html\n\nhello'
