# The prices of the canteen.
use strict;
use warnings;

my $prices = "soup 3";
if (open my $file, "<", "/home/ada/canteen/prices.txt") {
    $prices = <$file>;
}

print "Content-Type: text/html\n\n";
print "<!doctype html><title>Prices</title>\n";
print qq{<p><a href="http://localhost:8080/cgi-bin/prices.pl">Grüße aus der Küche</a> $prices\n};
