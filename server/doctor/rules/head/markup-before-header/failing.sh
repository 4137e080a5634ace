#!/bin/sh
printf '<!-- oops: x -->\nContent-Type: text/plain\n\nbody'
