#!/usr/bin/env python3
# The subject is an encoded word.
import subprocess
from email.header import Header
subject = Header("Grüße", "utf-8").encode().encode()
message = b"To: webmaster@example.org\nSubject: " + subject + b"\n\nHello\n"
subprocess.run(["sendmail", "-t", "-i"], input=message, check=True)
print("Content-Type: text/plain; charset=utf-8\n\nThank you.")
