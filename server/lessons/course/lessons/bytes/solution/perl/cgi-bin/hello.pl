#!/usr/bin/env perl
# /cgi-bin/hello.pl?name=Ada greets Ada, and says how long the page is.
use strict;
use warnings;
use Encode qw(decode encode);

my ($name) = $ENV{QUERY_STRING} =~ /(?:^|&)name=([^&]*)/;
$name //= "Ada";
$name =~ tr/+/ /;
$name =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
my $page = "Hello, " . decode("UTF-8", $name) . "! This is the end.";
my $bytes = encode("UTF-8", $page);

print "Content-Type: text/plain; charset=utf-8\n";
print "Content-Length: ", length $bytes, "\n\n";
print $bytes;
