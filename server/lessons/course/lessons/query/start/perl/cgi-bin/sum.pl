#!/usr/bin/env perl
# /cgi-bin/sum.pl?a=1&b=2 adds two numbers.
use strict;
use warnings;

my $query = $ENV{QUERY_STRING};
my ($first, $second) = split /&/, $query;
my $a1 = (split /=/, $first)[1];
my $b1 = (split /=/, $second)[1];

print "Content-Type: text/plain; charset=utf-8\n\n";
print $a1 . $b1, "\n";
