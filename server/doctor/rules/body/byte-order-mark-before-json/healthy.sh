#!/bin/sh
printf 'Content-Type: application/json\n\n{"a": "\303\274"}'
