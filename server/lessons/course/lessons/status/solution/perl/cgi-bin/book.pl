#!/usr/bin/env perl
# /cgi-bin/book.pl?id=1 shows a book.
use strict;
use warnings;

my %books = (1 => "Emil", 2 => "Momo");
my ($number) = $ENV{QUERY_STRING} =~ /(?:^|&)id=([^&]*)/;
$number //= "";

sub answer {
    my ($status, $text) = @_;
    print "Status: $status\n";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print "$text\n";
}

if ($ENV{REQUEST_METHOD} !~ /^(GET|HEAD)$/) {
    print "Allow: GET, HEAD\n";
    answer("405 Method Not Allowed", "You can only read here.");
} elsif ($number eq "") {
    answer("400 Bad Request", "Which book?");
} elsif (!exists $books{$number}) {
    answer("404 Not Found", "There is no such book.");
} else {
    answer("200 OK", $books{$number});
}
