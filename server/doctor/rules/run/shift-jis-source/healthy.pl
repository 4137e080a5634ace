#!/usr/bin/env perl
print "Content-Type: text/html; charset=utf-8\n\n";
print "<h1>値段の表";
print "</h1>\n";
