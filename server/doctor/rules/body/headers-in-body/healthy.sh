#!/bin/sh
printf "Content-Type: text/html; charset=utf-8\n"
printf "Set-Cookie: sid=abc123; Path=/\n\n"
printf "<p>You are signed in.</p>"
