#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nfine \355\240\275\355\270\200'
