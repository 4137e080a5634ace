# Rack, the environment: the variables of the request, and what the SPEC of Rack 2 and 3 adds to them.
module CGIWorkbenchAgent
  USUAL = {
    "REQUEST_METHOD" => "GET", "SCRIPT_NAME" => "", "PATH_INFO" => "", "QUERY_STRING" => "",
    "SERVER_NAME" => "localhost", "SERVER_PORT" => "80", "SERVER_PROTOCOL" => "HTTP/1.0"
  }.freeze

  module_function

  def rack_environment(params, input, errors, multiprocess)
    env = pairs(params).reject { |name, _| name.include?(".") || name.empty? }
    USUAL.each { |name, value| env[name] = value.dup if env[name].to_s.empty? }
    # Of some servers; the root is the empty name and the path "/".
    env["SCRIPT_NAME"] = "" if env["SCRIPT_NAME"] == "/"
    env["PATH_INFO"] = "/" if env["SCRIPT_NAME"].empty? && env["PATH_INFO"].empty?
    %w[HTTP_CONTENT_TYPE HTTP_CONTENT_LENGTH].each { |name| env.delete(name) }
    %w[CONTENT_TYPE CONTENT_LENGTH].each { |name| env.delete(name) if env[name].to_s.empty? }
    env.merge!(
      "rack.version" => [1, 3], "rack.url_scheme" => scheme_of(env), "rack.input" => input, "rack.errors" => errors,
      "rack.multithread" => false, "rack.multiprocess" => multiprocess, "rack.run_once" => false,
      "rack.hijack?" => false, "rack.response_finished" => []
    )
  end

  def scheme_of(env)
    is_https = %w[on yes 1].include?(env["HTTPS"].to_s.downcase) || env["REQUEST_SCHEME"] == "https"
    is_https ? "https" : "http"
  end
end
