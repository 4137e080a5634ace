#!/bin/sh
printf 'Status: 204 No Content\nContent-Type: text/plain\n\nbody'
