#!/bin/sh
printf 'Content-Type: text/plain; charset=utf-8\nSet-Cookie: visits=3; path=/; expires=Fri, 31-Dec-99 23:59:59 GMT\n\nhello\n'
