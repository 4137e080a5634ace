#!/usr/bin/env perl
# /cgi-bin/lookup.pl?host=example looks up a host.
use strict;
use warnings;

$| = 1;    # sends the header before the other program prints
my ($host) = $ENV{QUERY_STRING} =~ /(?:^|&)host=([^&]*)/;
$host //= "";
$host =~ tr/+/ /;
$host =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;

print "Content-Type: text/plain; charset=utf-8\n\n";
system("echo", "looking up", $host);
