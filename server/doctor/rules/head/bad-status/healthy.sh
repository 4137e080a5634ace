#!/bin/sh
printf 'Status: 404 Not here\nContent-Type: text/plain\n\nbody'
