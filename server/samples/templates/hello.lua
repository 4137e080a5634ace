#!/usr/bin/env lua
local function decode(text)
  local spaced = text:gsub("+", " ")
  return (spaced:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

local name = "world"
for key, value in (os.getenv("QUERY_STRING") or ""):gmatch("([^&=]+)=([^&]*)") do
  if decode(key) == "name" then name = decode(value) end
end
-- A name that is not UTF-8 keeps its ASCII characters only. (Lua has utf8 since 5.3.)
if utf8 and not utf8.len(name) then name = name:gsub("[\128-\255]", "\239\191\189") end
local escaped = name:gsub("[&<>\"']", function(character) return "&#" .. character:byte() .. ";" end)

io.write("Content-Type: text/html; charset=utf-8\n")
io.write("\n") -- the blank line: the headers end here
io.write("<!doctype html>\n<title>Hello</title>\n<h1>Hello, " .. escaped .. "!</h1>\n")
