#!/usr/bin/env ruby

class App
  def self.call(env)
    [200, { "content-type" => "text/plain; charset=utf-8" }, ["hello from #{env["SCRIPT_NAME"]}"]]
  end
end
