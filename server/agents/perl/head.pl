#!/usr/bin/perl
# Runs one unmodified CGI script, or one PSGI application, as a FastCGI application. Perl 5.26 or later, core modules
# alone.
#
#   cgi-workbench-agent.pl [options] SCRIPT
#
#   --mode=prefork   Each request has a process of its own, forked from an interpreter that has compiled the script.
#   --mode=persistent  A process runs the script again and again.
#   --mode=psgi      The file's last value is an application, called for one request at a time.
#   --mode=handler   Subs of the file, called by name: /sum?a=1 calls sum($req, a => 1).
#   --listen=unix:PATH|tcp:HOST:PORT   Open the socket. Without it, descriptor 0 is the listening socket.
#   --workers=N      Processes that accept connections (with --listen; 1).
#   --children=N     Requests that one worker serves at once (1; with --listen 16).
#   --spare=N        Processes forked before a request comes (prefork; 1).
#   --preload=A,B    Modules to load before the script is compiled.
#   --recycle=N      Replace a persistent process after N requests (0: never).
#   --grow=MIB       Replace a persistent process that has grown by so much (64, of an application 256; 0: never).
#   --modules=drop|keep   Put back (drop) or leave (keep) the variables of modules below the script's folder.
#   --globals=fresh|keep  Put back or leave the package variables of the script (persistent).
#   --detect=FILE    Append to FILE, for each request, a line of JSON with what it left behind (not prefork).
#   --words=pass|ignore   A query without "=" becomes the arguments of the script, or never does.
#   --error500       Respond with status 500 when a script fails before it writes anything.
#
# How it works. Perl compiles the script as its real main program; an INIT block of this file then serves the socket
# and forks. A child returns from that block, so that perl goes on with the script as it always does: END, DATA,
# caller, $0 and exit are genuine. In persistent mode a source filter adds a jump back to the start at the script's
# end; between two requests, the child puts back what the script changed. A script that cannot be run twice in one
# interpreter gets a new child for each request. One that does not compile is executed as plain CGI until it changes.
package CGIWorkbenchAgent;
use strict;
use warnings;
no warnings qw(exiting exec io once redefine);

our %SETTING;                 # The options, and what this system calls things.
our $ATTACHED;                # True in the interpreter that compiles the script.
our $PID = $$;                # A script's own forks must not take themselves for the agent.
our $COMPLETE;                # What persistent mode adds was compiled: it does not lie in a here-document.
