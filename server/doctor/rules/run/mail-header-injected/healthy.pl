#!/usr/bin/perl
# A form mailer whose header fields stay on one line each.
read(STDIN, my $buffer, $ENV{CONTENT_LENGTH} || 0);
my %form;
foreach my $pair (split(/&/, $buffer)) {
  my ($name, $value) = split(/=/, $pair);
  $value =~ tr/+/ /;
  $value =~ s/%([a-fA-F0-9][a-fA-F0-9])/pack("C", hex($1))/eg;
  $form{$name} = $value;
}
$form{email} =~ s{[\r\n]+}{ }g;
open(MAIL, "|sendmail -t -oi") or die "sendmail: $!";
print MAIL "To: webmaster\@example.org\nFrom: $form{email}\nSubject: Feedback\n\n$form{text}\n";
close(MAIL);
print "Content-Type: text/plain; charset=utf-8\n\nThank you.\n";
