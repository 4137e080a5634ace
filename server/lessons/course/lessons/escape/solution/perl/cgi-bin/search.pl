#!/usr/bin/env perl
# /cgi-bin/search.pl?q=word looks for a word.
use strict;
use warnings;

my ($word) = $ENV{QUERY_STRING} =~ /(?:^|&)q=([^&]*)/;
$word //= "";
$word =~ tr/+/ /;
$word =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
for ($word) { s/&/&amp;/g; s/</&lt;/g; s/>/&gt;/g; s/"/&quot;/g; }

print "Content-Type: text/html; charset=utf-8\n\n";
print "<!doctype html><title>Search</title>\n";
print qq{<form><input name="q" value="$word"><button>Search</button></form>\n};
print "<p>Nothing found for $word.</p>\n";
