#!/usr/bin/env perl
# Sends visitors on, in four ways: ?way=client, server, page or moved.
use strict;
use warnings;

my $way = $ENV{QUERY_STRING};

if ($way eq "way=server") {
    print "Location: /index.html\n\n";
} elsif ($way eq "way=page") {
    print "Status: 302 Found\n";
    print "Location: http://example.test/new\n";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print "The page is at http://example.test/new now.\n";
} elsif ($way eq "way=moved") {
    print "Status: 301 Moved Permanently\n";
    print "Location: http://example.test/new\n\n";
} else {
    print "Location: http://example.test/new\n\n";
}
