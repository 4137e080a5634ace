#!/bin/sh
printf 'Content-Type: text/plain\nCache-Control: no-store, max-age=3600\n\nhello'
