#!/bin/sh
# The recipient is in the header, where sendmail -t reads it.
printf 'To: webmaster@example.org\nSubject: Feedback\n\nHello\n' | sendmail -oi -t
printf 'Content-Type: text/plain; charset=utf-8\n\nThank you.\n'
