#!/bin/sh
printf '\nContent-Type: text/plain\n\nbody'
