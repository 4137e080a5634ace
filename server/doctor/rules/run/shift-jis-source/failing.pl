#!/usr/bin/env perl
print "Content-Type: text/html; charset=Shift_JIS\n\n";
print "<h1>’l’i‚Ì•\";
print "</h1>\n";
