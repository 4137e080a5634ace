#!/usr/bin/env perl
# /cgi-bin/sum.pl?a=1&b=2 adds two numbers.
use strict;
use warnings;

my $query  = $ENV{QUERY_STRING};
my %fields = map { split /=/, $_, 2 } grep { /=/ } split /&/, $query;
my $a1     = $fields{a} // "";
my $b1     = $fields{b} // "";

print "Content-Type: text/plain; charset=utf-8\n\n";
if ($a1 =~ /^\d+$/ && $b1 =~ /^\d+$/) {
    print $a1 + $b1, "\n";
} else {
    print "Please give two numbers, such as ?a=1&b=2\n";
}
