#!/usr/bin/env ruby
require "erb"
require "uri"

$stdout.set_encoding(Encoding::UTF_8)
# Browsers percent-encode these bytes, other clients may not, and decode_www_form refuses them.
query = ENV.fetch("QUERY_STRING", "").b.gsub(/[^\x00-\x7f]|%(?!\h\h)/n) { |byte| format("%%%02X", byte.ord) }
fields = URI.decode_www_form(query).to_h
name = fields.fetch("name", "world").scrub

puts "Content-Type: text/html; charset=utf-8"
puts # the blank line: the headers end here
puts "<!doctype html>\n<title>Hello</title>\n<h1>Hello, #{ERB::Util.html_escape(name)}!</h1>"
