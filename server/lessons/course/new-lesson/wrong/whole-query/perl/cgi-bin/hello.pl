#!/usr/bin/env perl
# /cgi-bin/hello.pl?name=Ada greets Ada.
use strict;
use warnings;

my $name = $ENV{QUERY_STRING};
print "Content-Type: text/plain; charset=utf-8\n\n";
print "Hello, $name!\n";
