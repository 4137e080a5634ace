#!/bin/sh
printf 'Content-Type: text/plain\nTransfer-Encoding: identity\n\nhello'
