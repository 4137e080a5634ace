#!/usr/bin/env perl
print "Content-Type: text/plain\n\n";
print "ding\n";
