#!/usr/bin/env perl
# A shop with a page for each book.
use strict;
use warnings;

my $here = $ENV{SCRIPT_NAME};

if (($ENV{PATH_INFO} // "") =~ m{^/books/(\d+)$}) {
    my $number    = $1;
    my $following = $number + 1;
    print "Content-Type: text/html; charset=utf-8\n\n";
    print "<!doctype html><title>Shop</title>\n";
    print "<p>Book $number.\n";
    print qq{<a href="$here/books/$following">next</a>\n};
} else {
    print "Status: 404 Not Found\n";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print "There is no such page.\n";
}
