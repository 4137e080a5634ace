#!/usr/bin/perl55
print "Content-Type: text/plain\n\n";
print "knock\n";
