#!/usr/bin/env perl
# /cgi-bin/nph-late.pl?in=Oslo says that it is late.
use strict;
use warnings;

my ($town) = $ENV{QUERY_STRING} =~ /^in=(.*)$/;

print "Content-Type: text/plain\n\n";
print "It is late in $town\n";
