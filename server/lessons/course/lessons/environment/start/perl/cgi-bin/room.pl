#!/usr/bin/env perl
# Tells visitors how they asked and where they are.
use strict;
use warnings;

print "Content-Type: text/plain; charset=utf-8\n\n";
print "You asked by GET\n";
print "You are in room $ENV{HTTP_X_ROOM}\n";
