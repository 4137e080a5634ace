#!/bin/sh
SCRIPT_FILENAME=/nowhere/x.php exec php-cgi
