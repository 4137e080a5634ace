#!/bin/sh
fi
printf 'Content-Type: text/plain\n\nhello\n'
