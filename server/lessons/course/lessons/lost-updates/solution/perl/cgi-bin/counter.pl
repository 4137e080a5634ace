#!/usr/bin/env perl
# Counts its visitors, in a file.
use strict;
use warnings;
use Fcntl qw(:flock :seek O_RDWR O_CREAT);

my $count = ".count";

sysopen my $file, $count, O_RDWR | O_CREAT or die "cannot open $count: $!";
flock $file, LOCK_EX or die "cannot lock $count: $!";    # waits until nobody else has it
my $number = <$file> || 0;

select undef, undef, undef, 0.2;    # stands for real work
$number++;

seek $file, 0, SEEK_SET;
print $file $number;
truncate $file, length $number;
close $file;    # the lock is free again

print "Content-Type: text/plain; charset=utf-8\n\n";
print "$number\n";
