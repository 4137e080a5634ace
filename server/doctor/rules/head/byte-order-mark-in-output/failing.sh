#!/bin/sh
printf '\357\273\277Content-Type: text/plain\n\nhello'
