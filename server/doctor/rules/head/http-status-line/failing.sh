#!/bin/sh
printf 'HTTP/1.1 404 Nope\nContent-Type: text/plain\n\nbody'
