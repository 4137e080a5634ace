#!/usr/bin/env ruby
# A Rack application: /cgi-bin/clock.ru
#
# A CGI script is started for each request. A Rack application is called: it
# gets a Hash with the same variables, and returns three things, the status, the
# headers and the body. The name .ru says that the file is one. It is loaded
# once; so `started` below is older than the request.
#
# Sinatra and Rails are such applications. Puma, Passenger and others serve this
# file as it is: `cgi-workbench agent ruby` prints a server for nginx.
#
# Try: `use` a layer around it, such as one that measures how long it took.
require "time"

started = Time.now

run lambda { |env|
  unless %w[GET HEAD].include?(env["REQUEST_METHOD"]) # for HEAD the server leaves the body out
    headers = { "allow" => "GET, HEAD", "content-type" => "text/plain; charset=utf-8" }
    next [405, headers, ["Only GET and HEAD.\n"]]
  end
  lines = ["#{env["SCRIPT_NAME"]} is served by process #{Process.pid}.\n", "It started at #{started.iso8601}.\n"]
  [200, { "content-type" => "text/plain; charset=utf-8" }, lines]
}
