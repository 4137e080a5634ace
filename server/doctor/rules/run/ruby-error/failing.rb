#!/usr/bin/env ruby
print "Content-Type: text/plain\n\n"
puts nothing_like_this
