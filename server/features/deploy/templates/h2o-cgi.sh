#!/bin/sh
# Starts a CGI script behind h2o, which sends some variables twice: a shell keeps the later value, and hands on that alone.
SCRIPT_FILENAME=$KIT_SCRIPT
unset KIT_SCRIPT
cd "$(dirname "$SCRIPT_FILENAME")" && exec "$SCRIPT_FILENAME"
