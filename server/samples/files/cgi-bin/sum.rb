#!/usr/bin/env ruby
# Adds two numbers: /cgi-bin/sum.rb?a=1&b=2
#
# Ruby's cgi library is on its way out of the standard library; uri takes a
# query string apart just as well.
require "uri"

$stdout.set_encoding(Encoding::UTF_8) # the locale of a server says nothing useful

begin
  fields = URI.decode_www_form(ENV.fetch("QUERY_STRING", "")).to_h
  # Integer() refuses what to_i would silently read as 0; base 10, or "010"
  # would be 8.
  a, b = %w[a b].map { |name| Integer(fields.fetch(name), 10) }
rescue ArgumentError, KeyError
  puts "Status: 400 Bad Request"
  puts "Content-Type: text/plain; charset=utf-8"
  puts
  puts "Give two whole numbers: ?a=1&b=2"
  exit
end

puts "Content-Type: text/plain; charset=utf-8"
puts # the blank line: the headers end here
puts a + b
