#!/bin/sh
printf 'Content-Type: text/plain\n: nameless\n\nbody'
