#!/usr/bin/env perl
# A form for pizzas, and the answer to it.
use strict;
use warnings;

my %fields;
for my $pair (split /&/, $ENV{QUERY_STRING}) {
    my ($name, $value) = split /=/, $pair, 2;
    push @{ $fields{$name} }, $value;
}
my @toppings = @{ $fields{topping} // [] };
my $chosen   = join(", ", @toppings) || "nothing";
$chosen =~ s/[^\w ,]//g;    # why: lesson 12

print "Content-Type: text/html; charset=utf-8\n\n";
print "<!doctype html><title>Pizza</title>\n";
print "<form>\n";
print qq{<input type="checkbox" name="topping" value="ham"> ham\n};
print qq{<input type="checkbox" name="topping" value="egg"> egg\n};
print "<button>Order</button>\n";
print "</form>\n";
print "<p>You chose $chosen\n";
