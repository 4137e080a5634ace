#!/usr/bin/env perl
# Takes a text that is sent by POST. Says how long it is and how it ends.
use strict;
use warnings;

binmode STDIN;
binmode STDOUT;

my $length = $ENV{CONTENT_LENGTH} || 0;
read(STDIN, my $body, $length);
my @lines = split /\n/, $body;

print "Content-Type: text/plain; charset=utf-8\n\n";
print length($body), " bytes\n";
print "last line: ", $lines[-1] // "", "\n";
