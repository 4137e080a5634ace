#!/usr/bin/env perl
# The PSGI application in the file below, as a CGI script: each request loads it and calls it once. Core modules alone;
# where Plack is installed, Plack::Handler::CGI->new->run($application) does the same.
use strict;
use warnings;
use Cwd ();
use File::Basename ();
use IO::Handle;

my $file = File::Basename::dirname(Cwd::abs_path(__FILE__)) . '/' . 'legacy.pl';
my $application = do $file;
die $@ || "$file: $!\n" unless ref $application;
$application = $application->to_app if ref $application ne 'CODE' and $application->can('to_app');

binmode STDIN;
binmode STDOUT;
STDOUT->autoflush;
my %environment = (
    PATH_INFO => '', SCRIPT_NAME => '', QUERY_STRING => '', %ENV,
    'psgi.version' => [1, 1], 'psgi.url_scheme' => ($ENV{HTTPS} // '') =~ /\A(?:on|1)\z/i ? 'https' : 'http',
    'psgi.input' => \*STDIN, 'psgi.errors' => \*STDERR, 'psgi.multithread' => !1, 'psgi.multiprocess' => 1,
    'psgi.run_once' => 1, 'psgi.streaming' => 1, 'psgi.nonblocking' => !1,
);
$environment{REQUEST_URI} //= "$environment{SCRIPT_NAME}$environment{PATH_INFO}";
delete @environment{qw(HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH)};

my $response = $application->(\%environment);
if (ref $response eq 'CODE') { $response->(\&respond) } else { respond($response) }

sub respond {
    my ($status, $headers, $body) = @{$_[0]};
    print "Status: $status\r\n";
    for (my $at = 0; $at < @$headers; $at += 2) { print "$headers->[$at]: $headers->[$at + 1]\r\n" }
    print "\r\n";
    if (!defined $body) { return bless {}, 'CGIWriter' }
    if (ref $body eq 'ARRAY') { print @$body; return }
    local $/ = \65_536;
    while (defined(my $part = $body->getline)) { print $part }
    $body->close;
    return;
}

package CGIWriter {
    sub write { print STDOUT $_[1]; return }
    sub close { return }
}
