#!/usr/bin/env perl
use strict;
use Nothing::LikeThis;
print "Content-Type: text/plain\n\n";
