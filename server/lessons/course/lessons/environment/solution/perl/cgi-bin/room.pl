#!/usr/bin/env perl
# Tells visitors how they asked and where they are.
use strict;
use warnings;

my $room = $ENV{HTTP_X_ROOM} // "unknown";

print "Content-Type: text/plain; charset=utf-8\n\n";
print "You asked by $ENV{REQUEST_METHOD}\n";
print "You are in room $room\n";
