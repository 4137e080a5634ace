#!/usr/bin/env perl
# Adds two numbers: /cgi-bin/sum.pl?a=1&b=2
#
# CGI.pm left Perl's core in 5.22. A query string needs only what is below.
use strict;
use warnings;

my %fields;
for my $pair (split /[&;]/, $ENV{QUERY_STRING} // '') {
    my ($name, $value) = split /=/, $pair, 2;
    next if !defined $name;
    # A space travels as "+", any other special byte as "%" and two hex
    # digits.
    for ($name, $value //= '') { tr/+/ /; s/%([0-9A-Fa-f]{2})/chr hex $1/ge }
    $fields{$name} //= $value;    # the first one counts
}

# Never trust what came in: only digits go on. \z is the true end, where $
# would allow a line feed.
my ($sum_a, $sum_b) = map { $fields{$_} // '' } qw(a b);
if (grep { !/\A[+-]?[0-9]{1,15}\z/ } $sum_a, $sum_b) {
    print "Status: 400 Bad Request\n";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print "Give two whole numbers: ?a=1&b=2\n";
    exit;
}

print "Content-Type: text/plain; charset=utf-8\n";
print "\n";    # the blank line: the headers end here
print $sum_a + $sum_b, "\n";
