#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nGr\303\274\303\237e an J\374rgen'
