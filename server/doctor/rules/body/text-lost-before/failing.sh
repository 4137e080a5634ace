#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\n\nJ\357\277\275rgen'
