#!/bin/sh
printf 'Content-Type: text/html; charset=UTF8\n\nhello'
