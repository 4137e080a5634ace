#!/usr/bin/env perl
# /cgi-bin/cake.pl?people=4 shares 24 pieces of cake.
use strict;
use warnings;

my $query = $ENV{QUERY_STRING};
print "debug: $query\n";

my ($people) = $query =~ /(?:^|&)people=([^&]*)/;
my $pieces = 24 / $people;

print "Content-Type: text/plain; charset=utf-8\n\n";
print "Each of you gets $pieces\n";
