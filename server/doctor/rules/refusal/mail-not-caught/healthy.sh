#!/bin/sh
# Where /usr/lib/sendmail is does not matter.
printf 'Subject: Feedback\n\nHello\n' | sendmail webmaster@example.org
printf 'Content-Type: text/plain; charset=utf-8\n\nThank you.\n'
