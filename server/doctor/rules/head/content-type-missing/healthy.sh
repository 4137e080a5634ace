#!/bin/sh
printf 'Status: 200 OK\nContent-Type: text/plain\n\nbody'
