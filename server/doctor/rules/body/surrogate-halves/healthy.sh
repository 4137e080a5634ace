#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nfine \360\237\230\200'
