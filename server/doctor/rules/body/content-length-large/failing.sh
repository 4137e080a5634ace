#!/bin/sh
printf 'Content-Type: text/plain\nContent-Length: 50\n\nhello'
