#!/usr/bin/env perl
require "./cgi-lib.pl";
print "Content-Type: text/plain; charset=utf-8\n\nhello\n";
