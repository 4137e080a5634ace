#!/usr/bin/env perl
use utf8;
binmode STDOUT, ":encoding(UTF-8)";
print "Content-Type: text/html; charset=utf-8\n\nGrüße an Jürgen\n";
