#!/usr/bin/env ruby
# Runs one unmodified CGI script, or one Rack application, as a FastCGI application. Ruby 2.7 or later, the standard
# library alone.
#
#   cgi-workbench-agent.rb [options] SCRIPT
#
#   --mode=prefork   Each request has a process of its own, forked from an interpreter that has compiled the script.
#   --mode=persistent  A process runs the script again and again.
#   --mode=rack      The application of config.ru, or of another file, called for one request at a time.
#   --listen=unix:PATH|tcp:HOST:PORT   Open the socket. Without it, descriptor 0 is the listening socket.
#   --workers=N      Processes that accept connections (with --listen; 1).
#   --children=N     Requests that one worker serves at once (1; with --listen 16).
#   --spare=N        prefork: processes forked before a request comes (1).
#   --preload=A,B    Libraries to require before the first request.
#   --recycle=N      Replace a process after N requests (0: never).
#   --grow=MIB       Replace a process that has grown by so much (256; 0: never).
#   --modules=drop|keep   persistent: load files from the script's folder again for each request (drop), or keep them.
#   --globals=fresh|keep  persistent: put back (fresh) or leave the script's global variables.
#   --detect=FILE    Append to FILE, for each request, a line of JSON with what it left behind (not prefork).
#   --words=pass|ignore   A query without "=" becomes the arguments of the script, or never does.
#   --error500       Respond with status 500 when a script fails before it writes anything.
require "socket"

# A script may define methods on Object and replace constants: everything of the agent is found in this module.
module CGIWorkbenchAgent
end
