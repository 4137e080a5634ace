#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nGr\374\337e an J\374rgen'
