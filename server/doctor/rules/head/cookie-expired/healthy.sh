#!/bin/sh
printf 'Content-Type: text/plain; charset=utf-8\n'
printf 'Set-Cookie: visits=3; path=/; expires=Fri, 31 Dec 2100 23:59:59 GMT\n'
printf 'Set-Cookie: a=; expires=Fri, 31-Dec-99 23:59:59 GMT\n'
printf 'Set-Cookie: b=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0\n'
printf 'Set-Cookie: c=old; expires=Thu, 01 Jan 1970 00:00:00 GMT\n\nhello\n'
