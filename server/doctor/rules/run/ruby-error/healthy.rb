#!/usr/bin/env ruby
print "Content-Type: text/plain\n\nhello\n"
