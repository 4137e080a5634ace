#!/usr/bin/env perl
# Counts your visits, in a cookie.
use strict;
use warnings;

my $visits = (split /=/, $ENV{HTTP_COOKIE})[1] + 1;

print "Set-Cookie: visits = $visits;\n";
print "Content-Type: text/plain; charset=utf-8\n\n";
print "Visit $visits\n";
