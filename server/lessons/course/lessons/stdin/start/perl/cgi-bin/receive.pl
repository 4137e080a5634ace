#!/usr/bin/env perl
# Takes a text that is sent by POST. Says how long it is and how it ends.
use strict;
use warnings;

binmode STDIN, ":encoding(UTF-8)";
binmode STDOUT, ":encoding(UTF-8)";

my $text = <STDIN>;

print "Content-Type: text/plain; charset=utf-8\n\n";
print length($text), " bytes\n";
print "last line: $text\n";
