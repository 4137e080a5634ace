#!/usr/bin/env ruby
# A chart drawn by a script: /cgi-bin/image.rb?values=3,1,4,1,5
#
# SVG is an image and a text: a charset belongs to it, and what comes from the
# request must be checked or escaped. Only whole numbers get through here, so
# nothing needs escaping.
require "uri"

$stdout.set_encoding(Encoding::UTF_8)

WIDTH = 320
HEIGHT = 160
MOST = 32 # values

begin
  given = URI.decode_www_form(ENV.fetch("QUERY_STRING", "")).to_h.fetch("values", "3,1,4,1,5,9,2,6")
  values = given.split(",").map { |text| Integer(text, 10) }
  raise ArgumentError unless values.length.between?(1, MOST) && values.all? { |value| value.between?(0, 1000) }
rescue ArgumentError
  puts "Status: 400 Bad Request"
  puts "Content-Type: text/plain; charset=utf-8"
  puts
  puts "Give up to #{MOST} whole numbers from 0 to 1000: ?values=3,1,4"
  exit
end

step = WIDTH.fdiv(values.length)
scale = (HEIGHT - 20).fdiv([values.max, 1].max)
bars = values.each_with_index.map do |value, index|
  format('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>', index * step + 2, HEIGHT - value * scale, step - 4, value * scale)
end

puts "Content-Type: image/svg+xml; charset=utf-8"
puts # the blank line: the headers end here
puts <<~SVG
  <svg xmlns="http://www.w3.org/2000/svg" width="#{WIDTH}" height="#{HEIGHT}" role="img">
  <title>#{values.join(", ")}</title>
  <g fill="#1f6feb">
  #{bars.join("\n")}
  </g>
  </svg>
SVG
