#!/usr/bin/env tclsh
puts "Content-Type: text/plain; charset=utf-8\n\nhello"
