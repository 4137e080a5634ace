#!/usr/bin/env perl
open(my $mailer, "|exec 0</dev/null; echo no such recipient >&2; exit 1");
print $mailer "x" x 200000;
close $mailer;
print "Content-Type: text/plain; charset=utf-8\n\nhello\n";
