#!/usr/bin/env perl
use utf8;
print "Content-Type: text/html; charset=utf-8\n\n12 €\n";
