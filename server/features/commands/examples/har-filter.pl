#!/usr/bin/perl
# Saves a trace as a HAR file without cookies and without the text of bodies.
use strict;
use warnings;
use JSON::PP;

my $json = JSON::PP->new->utf8->canonical->pretty;
my $har = $json->decode(do { local $/; <STDIN> });
for my $entry (@{ $har->{log}{entries} }) {
    for my $message ($entry->{request}, $entry->{response}) {
        $message->{cookies} = [];
        $message->{headers} = [ grep { $_->{name} !~ /^(?:set-)?cookie$/i } @{ $message->{headers} } ];
    }
    $entry->{request}{postData}{text} = '' if $entry->{request}{postData};
    delete @{ $entry->{response}{content} }{qw(text encoding)};
}
print "Content-Type: application/json\r\n";
print qq(Content-Disposition: attachment; filename="without-bodies.har"\r\n\r\n);
print $json->encode($har);
