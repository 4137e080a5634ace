#!/bin/sh
printf 'Status: 404 Nope\nContent-Type: text/plain\n\nbody'
