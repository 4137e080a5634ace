#!/bin/sh
printf 'Content-Type: text/plain\nCache-Control: no-store, no-cache, must-revalidate\nPragma: no-cache\nExpires: Thu, 19 Nov 1981 08:52:00 GMT\n\nhello'
