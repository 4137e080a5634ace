#!/usr/bin/env perl
use strict;
my $found = undef;
print $found->name;
print "Content-Type: text/plain\n\n";
