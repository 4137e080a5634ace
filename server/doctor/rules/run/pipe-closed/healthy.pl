#!/usr/bin/env perl
open(my $mailer, "|cat > /dev/null");
print $mailer "x" x 200000;
close $mailer;
print "Content-Type: text/plain; charset=utf-8\n\nhello\n";
