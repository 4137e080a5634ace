#!/bin/sh
REDIRECT_STATUS=200 SCRIPT_FILENAME=${0%/*}/page.php exec php-cgi
