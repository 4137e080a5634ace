#!/usr/bin/env perl
# /cgi-bin/nph-late.pl?in=Oslo says that it is late.
use strict;
use warnings;

binmode STDOUT;    # else Windows writes \r\r\n

my ($town) = $ENV{QUERY_STRING} =~ /^in=(.*)$/;
my $page = "It is late in $town\n";

print "HTTP/1.1 200 OK\r\n";
print "Content-Type: text/plain\r\n";
print "Content-Length: ", length $page, "\r\n";
print "Connection: close\r\n";
print "\r\n";
print $page;
