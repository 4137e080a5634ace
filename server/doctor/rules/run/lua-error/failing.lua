#!/usr/bin/env lua
local t = nil
print(t.x)
