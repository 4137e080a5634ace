#!/bin/sh
printf 'Content-Type: text/plain\r\rhello\r'
