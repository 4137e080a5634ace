#!/usr/bin/env perl
# Counts your visits, in a cookie.
use strict;
use warnings;

my $cookie = $ENV{HTTP_COOKIE} // "";
my $visits = $cookie =~ /(?:^|; )visits=(\d+)(?:;|$)/ ? $1 + 1 : 1;

print "Set-Cookie: visits=$visits; Max-Age=86400; HttpOnly; SameSite=Lax\n";
print "Content-Type: text/plain; charset=utf-8\n\n";
print "Visit $visits\n";
