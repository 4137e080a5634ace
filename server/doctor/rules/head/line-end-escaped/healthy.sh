#!/bin/bash
printf "Content-Type: text/html\n\n"
echo "<h1>Hello</h1>"
