#!/usr/bin/env perl
use strict;
use warnings;

my $app = sub {
    my $env = shift;
    return [200, ['Content-Type' => 'text/plain; charset=utf-8'], ["hello from $env->{SCRIPT_NAME}"]];
};
$app;
