#!/usr/bin/env python3
# Sends UTF-8 without a word about it.
import subprocess
message = "To: webmaster@example.org\nSubject: Feedback\n\nGrüße aus Zürich\n"
subprocess.run(["sendmail", "-t", "-i"], input=message.encode("utf-8"), check=True)
print("Content-Type: text/plain; charset=utf-8\n\nThank you.")
