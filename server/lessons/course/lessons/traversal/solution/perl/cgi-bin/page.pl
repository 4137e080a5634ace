#!/usr/bin/env perl
# /cgi-bin/page.pl?page=about.txt shows a page of the folder pages.
use strict;
use warnings;
use Cwd qw(abs_path);

my ($name) = $ENV{QUERY_STRING} =~ /(?:^|&)page=([^&]*)/;
$name //= "about.txt";
$name =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
my $root = abs_path("../pages");
my $path = abs_path("../pages/$name") // "";

if (index($path, "$root/") == 0 && -f $path) {
    open my $file, "<", $path or die "cannot open $path: $!";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print <$file>;
} else {
    print "Status: 404 Not Found\n";
    print "Content-Type: text/plain; charset=utf-8\n\n";
    print "There is no such page.\n";
}
