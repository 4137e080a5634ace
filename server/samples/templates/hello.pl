#!/usr/bin/env perl
use strict;
use warnings;
use Encode 'decode';

binmode STDOUT, ':encoding(UTF-8)';
my %fields;
for my $pair (split /[&;]/, $ENV{QUERY_STRING} // '') {
    my ($key, $value) = split /=/, $pair, 2;
    next if !defined $key;
    for ($key, $value //= '') { tr/+/ /; s/%([0-9A-Fa-f]{2})/chr hex $1/ge }
    $fields{$key} = $value;
}
my $name = decode('UTF-8', $fields{name} // 'world');  # bytes that are not UTF-8 are replaced
$name =~ s/([&<>"'])/'&#' . ord($1) . ';'/ge;    # what comes from outside is escaped

print "Content-Type: text/html; charset=utf-8\n";
print "\n";                                       # the blank line: the headers end here
print "<!doctype html>\n<title>Hello</title>\n<h1>Hello, $name!</h1>\n";
