#!/usr/bin/env lua
-- Adds two numbers: /cgi-bin/sum.lua?a=1&b=2
--
-- Lua has no library for query strings, and needs none: patterns take it
-- apart. Runs in Lua 5.1 and later, and in LuaJIT.

local function decode(text)
  local spaced = text:gsub("+", " ")
  return (spaced:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

local fields = {}
for name, value in (os.getenv("QUERY_STRING") or ""):gmatch("([^&=]+)=([^&]*)") do
  name = decode(name)
  if fields[name] == nil then fields[name] = decode(value) end -- the first one counts
end

-- tonumber alone would take "0x10" and " 7 " as well.
local function whole(text)
  if text and #text <= 15 and text:match("^[+-]?%d+$") then return tonumber((text:gsub("^%+", ""))) end
end

local a, b = whole(fields.a), whole(fields.b)
if a and b then
  io.write("Content-Type: text/plain; charset=utf-8\n")
  io.write("\n") -- the blank line: the headers end here
  io.write(string.format("%.0f\n", a + b))
else
  io.write("Status: 400 Bad Request\n")
  io.write("Content-Type: text/plain; charset=utf-8\n\n")
  io.write("Give two whole numbers: ?a=1&b=2\n")
end
