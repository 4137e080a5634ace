#!/bin/sh
printf 'Content-Type: text/plain\nContent-Disposition: attachment; filename="Gr\303\274\303\237e.txt"\n\nhello'
