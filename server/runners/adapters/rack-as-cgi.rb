#!/usr/bin/env ruby
# The Rack application in the file below, as a CGI script: each request loads it and calls it once. `use` and `run` need
# no library; where Rack is installed, the other words of config.ru are there, too.
require "stringio"

FILE = File.expand_path("legacy.rb", __dir__)

class Words
  def initialize
    @layers = []
  end

  def use(middleware, *arguments, &block)
    @layers << proc { |app| middleware.new(app, *arguments, &block) }
  end

  def run(app = nil, &block)
    @app = app || block
  end

  def to_app
    @layers.reverse.inject(@app) { |app, layer| layer.call(app) }
  end
end

begin
  require "rack"
  place, builder = TOPLEVEL_BINDING.eval("Rack::Builder.new.instance_eval { [binding, self] }")
rescue LoadError
  place, builder = TOPLEVEL_BINDING.eval("Words.new.instance_eval { [binding, self] }")
end
value = eval(File.read(FILE, encoding: "BOM|UTF-8"), place, FILE, 1) # CGI may run without a locale
application = builder.to_app if %i[@run @app @map].any? { |name| builder.instance_variable_get(name) }
application ||= [value, (Object.const_get(:App) if Object.const_defined?(:App))].find { |one| one.respond_to?(:call) }
abort("#{FILE} has no application.") if application.nil?

env = { "SCRIPT_NAME" => "", "PATH_INFO" => "", "QUERY_STRING" => "" }.merge(ENV.to_hash)
env["SCRIPT_NAME"] = "" if env["SCRIPT_NAME"] == "/"
%w[HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH].each { |name| env.delete(name) }
%w[CONTENT_TYPE CONTENT_LENGTH].each { |name| env.delete(name) if env[name].to_s.empty? }
input = StringIO.new(env.key?("CONTENT_LENGTH") ? STDIN.binmode.read(env["CONTENT_LENGTH"].to_i).to_s.b : "".b)
env.update(
  "rack.version" => [1, 3], "rack.input" => input, "rack.errors" => $stderr, "rack.multithread" => false,
  "rack.multiprocess" => true, "rack.run_once" => true, "rack.hijack?" => false,
  "rack.url_scheme" => %w[on yes 1].include?(env["HTTPS"].to_s.downcase) ? "https" : "http"
)

status, headers, body = application.call(env)
STDOUT.binmode
STDOUT.sync = true
lines = ["Status: #{status}"]
headers.each do |name, value|
  next if name.start_with?("rack.")
  (value.is_a?(Array) ? value : value.to_s.split("\n")).each { |one| lines << "#{name}: #{one}" }
end
STDOUT.write(lines.push("", "").join("\r\n"))
body.respond_to?(:each) ? body.each { |part| STDOUT.write(part) } : body.call(STDOUT)
body.close if body.respond_to?(:close)
