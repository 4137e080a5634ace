#!/usr/bin/env perl
# /cgi-bin/greeting.pl?name=Ada greets Ada in German.
use strict;
use warnings;
use utf8;
use Encode qw(decode);

binmode STDOUT, ":encoding(iso-8859-1)";

my ($name) = $ENV{QUERY_STRING} =~ /(?:^|&)name=([^&]*)/;
$name //= "du";
$name =~ tr/+/ /;
$name =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
$name = decode("UTF-8", $name);
$name =~ s/[<>&"]//g;

print "Content-Type: text/html\n\n";
print "<!doctype html><title>Grüße</title>\n";
print "<p>Grüß dich, $name!</p>\n";
