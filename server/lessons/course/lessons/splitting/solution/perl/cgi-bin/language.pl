#!/usr/bin/env perl
# /cgi-bin/language.pl?lang=de keeps your language in a cookie.
use strict;
use warnings;

my ($lang) = $ENV{QUERY_STRING} =~ /(?:^|&)lang=([^&]*)/;
$lang //= "en";
$lang =~ tr/+/ /;
$lang =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
$lang = "en" unless $lang =~ /\A[a-z]{2}\z/;

print "Set-Cookie: lang=$lang; SameSite=Lax\n";
print "Content-Type: text/plain; charset=utf-8\n\n";
print "Your language is kept.\n";
