#!/usr/bin/env perl
# Counts its visitors, in a file.
use strict;
use warnings;

my $count = ".count";

my $number = 0;
if (open my $file, "<", $count) {
    $number = <$file> || 0;
    close $file;
}

select undef, undef, undef, 0.2;    # stands for real work
$number++;

open my $file, ">", $count or die "cannot write $count: $!";
print $file $number;
close $file;

print "Content-Type: text/plain; charset=utf-8\n\n";
print "$number\n";
