#!/bin/sh
printf 'Content-Type: text/plain\r\r\n\r\r\nhello\r\r\n'
