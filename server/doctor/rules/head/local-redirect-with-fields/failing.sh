#!/bin/sh
printf 'Location: /ok.txt\nContent-Type: text/plain\n\nbody'
