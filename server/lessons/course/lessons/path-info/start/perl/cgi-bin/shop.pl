#!/usr/bin/env perl
# A shop with a page for each book.
use strict;
use warnings;

my ($number) = $ENV{QUERY_STRING} =~ /^id=(\d+)$/;
$number //= 0;
my $following = $number + 1;

print "Content-Type: text/html; charset=utf-8\n\n";
print "<!doctype html><title>Shop</title>\n";
print "<p>Book $number.\n";
print qq{<a href="/cgi-bin/shop.pl?id=$following">next</a>\n};
