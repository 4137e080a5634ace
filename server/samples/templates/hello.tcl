#!/usr/bin/env tclsh
fconfigure stdout -encoding utf-8 -translation lf
set query ""
if {[info exists env(QUERY_STRING)]} { set query $env(QUERY_STRING) }

puts "Content-Type: text/plain; charset=utf-8"
puts "" ;# the blank line: the headers end here
puts "Hello from $env(SCRIPT_NAME)"
puts "The query is: [expr {$query eq "" ? "empty" : $query}]"
