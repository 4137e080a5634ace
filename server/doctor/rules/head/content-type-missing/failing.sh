#!/bin/sh
printf 'Status: 200 OK\n\nbody'
