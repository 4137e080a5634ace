#!/usr/bin/env perl
# Greets whoever asks.
use strict;
use warnings;

print "Content-Type: text/plain\n";
print "\n";
print "Hello from a program.\n";
print "I am process $$.\n";
