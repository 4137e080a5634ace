#!/usr/bin/env python3
# The subject is written as it is.
import subprocess
subject = "Grüße".encode("utf-8")
message = b"To: webmaster@example.org\nSubject: " + subject + b"\n\nHello\n"
subprocess.run(["sendmail", "-t", "-i"], input=message, check=True)
print("Content-Type: text/plain; charset=utf-8\n\nThank you.")
