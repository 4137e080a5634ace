#!/bin/bash
echo "Content-Type: text/html\n\n"
echo "<h1>Hello</h1>"
