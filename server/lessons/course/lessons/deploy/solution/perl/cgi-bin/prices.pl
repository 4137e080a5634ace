#!/usr/bin/env perl
# The prices of the canteen.
use strict;
use warnings;
use FindBin;

my $path = "$FindBin::Bin/../prices.txt";
open my $file, "<", $path or die "cannot open $path: $!";
my $prices = <$file>;

print "Content-Type: text/html; charset=utf-8\n\n";
print "<!doctype html><title>Prices</title>\n";
print qq{<p><a href="$ENV{SCRIPT_NAME}">Grüße aus der Küche</a> $prices\n};
