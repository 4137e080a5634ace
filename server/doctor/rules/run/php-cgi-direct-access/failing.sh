#!/bin/sh
unset REDIRECT_STATUS
SCRIPT_FILENAME=$0 exec php-cgi -d cgi.force_redirect=1
