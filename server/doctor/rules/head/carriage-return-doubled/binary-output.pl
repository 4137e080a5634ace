#!/usr/bin/perl
binmode STDOUT, ":crlf"; # as Perl has it on Windows
print "Content-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n";
