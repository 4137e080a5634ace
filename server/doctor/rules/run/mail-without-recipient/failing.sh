#!/bin/sh
# The recipient is in the header, and sendmail is not told to read it there.
printf 'To: webmaster@example.org\nSubject: Feedback\n\nHello\n' | sendmail -oi
printf 'Content-Type: text/plain; charset=utf-8\n\nThank you.\n'
