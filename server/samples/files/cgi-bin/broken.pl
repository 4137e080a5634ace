#!/usr/bin/env perl
# Broken on purpose: the most common mistake of all. Send it, and read what
# the doctor says.
#
# The browser sees "500 Internal Server Error" and no reason; the reason is in
# the bytes. Between the headers and the body there has to be a blank line.
# Here it is missing, so the server takes "<!doctype html>" for a header, and
# that it is not.
use strict;
use warnings;

print "Content-Type: text/html; charset=utf-8\n";

# To fix it, end the headers: remove the "#" of the next line.
#print "\n";

print "<!doctype html>\n";
print "<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Fixed</title>\n";
print "<h1>Fixed</h1>\n";
