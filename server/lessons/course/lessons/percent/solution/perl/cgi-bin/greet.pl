#!/usr/bin/env perl
# /cgi-bin/greet.pl?name=Ada greets Ada.
use strict;
use warnings;

my %fields;
for my $pair (split /&/, $ENV{QUERY_STRING}) {
    my ($key, $value) = map { decode($_) } split /=/, $pair, 2;
    $fields{$key} //= $value;
}
my $name = $fields{name} // "stranger";

print "Content-Type: text/plain; charset=utf-8\n\n";
print "Hello, $name!\n";

# "+" is a space, and %FC is the byte FC.
sub decode {
    my ($text) = @_;
    $text =~ tr/+/ /;
    $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
    return $text;
}
