#!/usr/bin/env perl
# A CGI script that is an MCP server over HTTP: an assistant sends each message
# with POST to /cgi-bin/mcp.pl, and the script prints the answer.
#
# A message with an "id" is a request and gets a result or an error; one without
# is a notification and gets 202 and no body. JSON::PP comes with Perl.
use strict;
use warnings;
use JSON::PP;

my $json = JSON::PP->new->utf8->canonical;

my %number = (type => 'number');
my @tools = ({
    name        => 'add',
    description => 'Adds two numbers.',
    inputSchema => { type => 'object', properties => { a => {%number}, b => {%number} }, required => [ 'a', 'b' ] },
});

sub call_tool {
    my ($params) = @_;
    my ($x, $y) = @{ $params->{arguments} || {} }{ 'a', 'b' };
    my $is_number = qr/^-?\d+(?:\.\d+)?$/;
    return { content => [ { type => 'text', text => 'Call add with two numbers.' } ], isError => JSON::PP::true }
        if ($params->{name} // '') ne 'add' || ($x // '') !~ $is_number || ($y // '') !~ $is_number;
    return { content => [ { type => 'text', text => '' . ($x + $y) } ] };
}

my %methods = (
    'initialize' => sub {
        {   protocolVersion => $_[0]{protocolVersion} // '2025-11-25',
            capabilities    => { map { $_ => {} } qw(tools logging completions resources prompts) },
            serverInfo      => { name => 'sum', version => '1.0' },
        }
    },
    'ping'                => sub { {} },
    'tools/list'          => sub { { tools => \@tools } },
    'tools/call'          => \&call_tool,
    'logging/setLevel'    => sub { {} },
    'completion/complete' => sub { { completion => { values => [], total => 0, hasMore => JSON::PP::false } } },
    'resources/list'      => sub { { resources => [] } },
    'prompts/list'        => sub { { prompts => [] } },
);

sub respond {
    my ($status, %body) = @_;
    print "Status: $status\nContent-Type: application/json\n\n";
    print $json->encode({ jsonrpc => '2.0', %body }), "\n" if %body;
    exit;
}

respond('405 Method Not Allowed') if $ENV{REQUEST_METHOD} ne 'POST';
binmode STDIN;
read STDIN, my $text, $ENV{CONTENT_LENGTH} || 0;
my $message = eval { $json->decode($text) };
respond('400 Bad Request', id => undef, error => { code => -32700, message => 'This is no message.' })
    if ref $message ne 'HASH' || !defined $message->{method};
respond('202 Accepted') if !exists $message->{id};
my $method = $methods{ $message->{method} };
respond('200 OK', id => $message->{id}, error => { code => -32601, message => 'There is no such method.' }) if !$method;
respond('200 OK', id => $message->{id}, result => $method->($message->{params} || {}));
