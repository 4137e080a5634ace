#!/bin/sh
printf "Content-Type: text/plain\nETag: \"v1\"\n\nThe page.\n"
