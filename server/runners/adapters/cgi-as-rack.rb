#!/usr/bin/env ruby
# The CGI script below, unmodified, as a Rack application: Puma, Passenger, rackup and CGI Workbench take this file. It
# is the first step of a rewrite: answer one path after another here, and leave the rest to the script.
#
# For each request the script has a process of its own, as with CGI, so that nothing in it needs a change. A local
# redirect becomes a redirect of the client.
require "rbconfig"
require "tempfile"

SCRIPT = File.expand_path("legacy.rb", __dir__)

App = proc do |env|
  files = Array.new(3) { Tempfile.create("cgi", binmode: true).tap { |file| File.unlink(file.path) } }
  body, output, errors = files
  IO.copy_stream(env["rack.input"], body) if env["rack.input"]
  body.rewind
  # With a header Proxy a client would choose the proxy of the script's own requests.
  variables = env.select { |name, value| !name.include?(".") && name != "HTTP_PROXY" && value.is_a?(String) }
  variables.update("GATEWAY_INTERFACE" => "CGI/1.1", "SCRIPT_FILENAME" => SCRIPT)
  folder = File.dirname(SCRIPT)
  pid = Process.spawn(variables, RbConfig.ruby, SCRIPT, in: body, out: output, err: errors, chdir: folder)
  _, status = Process.wait2(pid)
  [output, errors].each(&:rewind)
  complaints = errors.read
  env["rack.errors"].write(complaints) unless complaints.empty?
  text = output.read
  unless status.success?
    raise "The script ended with #{status}." unless text.match?(/^\r?\n/)
    env["rack.errors"].write("The script ended with #{status}.\n") # as with CGI, what it responded counts
  end
  response_of(text)
ensure
  files&.each(&:close)
end

# Status, headers and body of a CGI response (RFC 3875, section 6).
def response_of(text)
  head, body = text.split(/^\r?\n/, 2)
  status, headers = nil, {}
  head.to_s.split(/\r?\n/).each do |line|
    name, value = line.match(/\A([^:\s]+):\s*(.*?)\s*\z/)&.captures
    raise "The script's output begins with no header: #{line}" if name.nil?
    name.casecmp?("status") ? status = value.to_i : (headers[name.downcase] ||= []) << value
  end
  raise "The script wrote no header." if status.nil? && headers.empty?
  status ||= headers.key?("location") ? 302 : 200
  [status, headers.transform_values { |values| values_of(values) }, [body.to_s]]
end

# Rack 2 has several values in one String, Rack 3 in an Array.
def values_of(values)
  return values.first if values.size == 1
  defined?(Rack.release) && Rack.release.to_i < 3 ? values.join("\n") : values
end

run App if respond_to?(:run, true)
