#!/usr/bin/env perl
# /cgi-bin/book.pl?id=1 shows a book.
use strict;
use warnings;

my %books = (1 => "Emil", 2 => "Momo");
my ($number) = $ENV{QUERY_STRING} =~ /(?:^|&)id=([^&]*)/;
$number //= "";

print "Content-Type: text/plain; charset=utf-8\n\n";
if ($ENV{REQUEST_METHOD} !~ /^(GET|HEAD)$/) {
    print "Error: you can only read here!\n";
} elsif ($number eq "") {
    print "Error: which book?\n";
} elsif (!exists $books{$number}) {
    print "Error: no such book!\n";
} else {
    print "$books{$number}\n";
}
