#!/usr/bin/env perl
# /cgi-bin/page.pl?page=about.txt shows a page of the folder pages.
use strict;
use warnings;

my ($name) = $ENV{QUERY_STRING} =~ /(?:^|&)page=([^&]*)/;
$name //= "about.txt";
$name =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
my $path = "../pages/$name";

print "Content-Type: text/plain; charset=utf-8\n\n";
open my $file, "<", $path or die "cannot open $path: $!";
print <$file>;
