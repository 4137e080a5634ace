#!/bin/sh
printf 'Content-Type: text/html\n\n<!-- oops: x -->body'
