#!/usr/bin/env ruby
names = IO.popen(["printf", "Zo\\303\\253,Ada"]).read.split(/,/)
print "Content-Type: text/plain; charset=utf-8\n\n"
puts names.sort
