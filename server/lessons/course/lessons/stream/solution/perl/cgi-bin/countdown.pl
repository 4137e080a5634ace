#!/usr/bin/env perl
# /cgi-bin/countdown.pl?from=5 counts down, five numbers a second.
use strict;
use warnings;

my ($start) = $ENV{QUERY_STRING} =~ /(?:^|&)from=(\d+)/;
$start //= 5;

$| = 1;    # sends after every print

print "Content-Type: text/plain; charset=utf-8\n\n";
for (my $number = $start; $number > 0; $number--) {
    print "$number ...\n";
    select undef, undef, undef, 0.2;    # waits
}
print "lift-off\n";
