#!/bin/sh
# The way to sendmail is written out.
printf 'Subject: Feedback\n\nHello\n' | /usr/lib/sendmail webmaster@example.org
printf 'Content-Type: text/plain; charset=utf-8\n\nThank you.\n'
