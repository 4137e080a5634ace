#!/bin/sh
echo 'Warning: cannot open the database, going on without'; printf 'Content-Type: text/plain\n\nhello'
