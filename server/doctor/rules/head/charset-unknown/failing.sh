#!/bin/sh
printf 'Content-Type: text/html; charset=utf8mb4\n\nhello'
