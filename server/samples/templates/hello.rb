#!/usr/bin/env ruby
require "erb"
require "uri"

$stdout.set_encoding(Encoding::UTF_8)
fields = URI.decode_www_form(ENV.fetch("QUERY_STRING", "")).to_h
name = fields.fetch("name", "world").scrub

puts "Content-Type: text/html; charset=utf-8"
puts # the blank line: the headers end here
puts "<!doctype html>\n<title>Hello</title>\n<h1>Hello, #{ERB::Util.html_escape(name)}!</h1>"
