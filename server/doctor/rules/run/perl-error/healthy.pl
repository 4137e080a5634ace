#!/usr/bin/env perl
use strict;
use warnings;
print "Content-Type: text/plain\n\nhello\n";
