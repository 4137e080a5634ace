#!/usr/bin/env perl
# /cgi-bin/dot.pl?color=3366cc is a picture of one dot.
use strict;
use warnings;

binmode STDOUT, ":encoding(UTF-8)";

my ($color) = $ENV{QUERY_STRING} =~ /^color=([0-9A-Fa-f]{6})$/;
my $size = pack "V4 l<2 v2 V2 l<2 V2", 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0;
my $bmp  = "BM" . $size . reverse(pack "H6", $color) . "\0";

print "Content-Type: text/html\n\n";
print "$bmp\n";
