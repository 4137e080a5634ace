#!/usr/bin/env python3
import smtplib
with smtplib.SMTP("localhost") as server:
    server.sendmail("form@example.org", ["webmaster@example.org"], "Subject: Feedback\r\n\r\nHello\r\n")
print("Content-Type: text/plain; charset=utf-8\n\nThank you.")
