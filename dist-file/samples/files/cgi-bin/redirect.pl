#!/usr/bin/env perl
# Four ways to send a client somewhere else; without a path of its own it
# explains them.
#
# What the server does depends on the header fields alone (RFC 3875 §6.2):
# compare the four in the X-ray.
use strict;
use warnings;

# The neighbour of this script, wherever the two are installed.
my ($folder) = ($ENV{SCRIPT_NAME} // '') =~ m{\A(.*/)};
$folder //= '/';
my $path = "${folder}environment.sh";

# RFC 3875 asks for a whole URL where the client is to follow. The server says
# under which name it was reached.
my $scheme = ($ENV{HTTPS} // '') eq 'on' ? 'https' : 'http';
my $origin = "$scheme://$ENV{SERVER_NAME}:$ENV{SERVER_PORT}";

my %ways = (
    # A path and nothing else: the server answers with what is there. The
    # client never hears of it, its address stays.
    '/local' => sub { print "Location: $path?came=local\n\n" },

    # A URL and nothing else: the server makes a "302 Found" of it, and the
    # client sends a second request.
    '/client' => sub { print "Location: $origin$path?came=client\n\n" },

    # With a status of one's own: 303 turns a POST into a GET. The document is
    # for clients that do not follow.
    '/see-other' => sub {
        print "Status: 303 See Other\n";
        print "Location: $origin$path?came=see-other\n";
        print "Content-Type: text/plain; charset=utf-8\n\n";
        print "The answer is at $origin$path?came=see-other\n";
    },

    # For ever, and with the method kept: a POST stays a POST. Clients
    # remember this one, so be sure.
    '/permanent' => sub {
        print "Status: 308 Permanent Redirect\n";
        print "Location: $origin$path?came=permanent\n";
        print "Cache-Control: no-store\n";    # these are examples: do not remember it
        print "Content-Type: text/plain; charset=utf-8\n\n";
        print "This has moved to $origin$path?came=permanent\n";
    },
);

# A redirect must never lead where the request says, or anybody can send your
# visitors anywhere: only these four are known.
my $way = $ways{$ENV{PATH_INFO} // ''};
if ($way) {
    $way->();
    exit;
}

my $self = $ENV{SCRIPT_NAME} // '';
$self =~ s/([&<>"])/'&#' . ord($1) . ';'/ge;
print "Content-Type: text/html; charset=utf-8\n\n";
print <<"END";
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Redirects</title>
<h1>Four ways to somewhere else</h1>
<ul>
<li><a href="$self/local">/local</a>: inside the server, the client notices nothing
<li><a href="$self/client">/client</a>: 302, the client asks again
<li><a href="$self/see-other">/see-other</a>: 303, what follows a POST
<li><a href="$self/permanent">/permanent</a>: 308, for ever, with the method kept
</ul>
END
