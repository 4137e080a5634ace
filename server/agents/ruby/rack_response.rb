# Rack, the response: status, headers and body as a CGI response. `send` returns when the other side has the bytes.
module CGIWorkbenchAgent
  class RackResponse
    REASONS = {
      200 => "OK", 201 => "Created", 202 => "Accepted", 204 => "No Content", 206 => "Partial Content",
      301 => "Moved Permanently", 302 => "Found", 303 => "See Other", 304 => "Not Modified",
      307 => "Temporary Redirect", 308 => "Permanent Redirect", 400 => "Bad Request", 401 => "Unauthorized",
      403 => "Forbidden", 404 => "Not Found", 405 => "Method Not Allowed", 409 => "Conflict", 410 => "Gone",
      413 => "Content Too Large", 415 => "Unsupported Media Type", 422 => "Unprocessable Content",
      429 => "Too Many Requests", 500 => "Internal Server Error", 501 => "Not Implemented", 502 => "Bad Gateway",
      503 => "Service Unavailable"
    }.freeze
    WITHOUT_BODY = [204, 304].freeze

    # What goes with the end of the request.
    attr_reader :rest, :status, :headers

    def initialize(env, &send)
      @env, @send = env, send
      @rest = "".b
      @is_sent = false
    end

    def take(answer)
      raise TypeError, "the application returned #{short(answer)}, not status, headers and body" unless list?(answer)
      @status, @headers, body = answer.to_a
      head # before the body is asked for anything
      pass_on(body)
    ensure
      body.close if body.respond_to?(:close)
    end

    private

    def list?(answer)
      answer.respond_to?(:to_a) && answer.to_a.size == 3
    end

    def pass_on(body)
      if body.is_a?(Array)
        @rest = head(body.sum { |part| octets(part).bytesize }) << body.map(&:b).join
      elsif body.respond_to?(:each)
        body.each { |part| write(part) }
        @rest = head unless @is_sent
      elsif body.respond_to?(:call)
        stream = Stream.new(@env["rack.input"]) { |data| write(data) }
        send_head
        body.call(stream)
      else
        raise TypeError, "the response body is #{short(body)}: it responds neither to each nor to call. " \
                         "Put a String into an Array."
      end
    end

    def write(part)
      data = octets(part)
      return if data.empty?
      data = head << data unless @is_sent
      @is_sent = true
      @send.call(data)
    end

    def send_head
      @send.call(head)
      @is_sent = true
    end

    def octets(part)
      raise TypeError, "a response body consists of Strings of bytes, not of #{short(part)}" unless part.is_a?(String)
      part.b
    end

    def head(length = nil)
      code = @status.respond_to?(:to_i) ? @status.to_i : 0
      raise ArgumentError, "the status is a number from 100 on, not #{short(@status)}" unless code.between?(100, 999)
      lines = ["Status: #{[code, REASONS[code]].compact.join(" ")}"]
      @headers.each { |name, value| lines.concat(header_lines(name, value)) }
      has_length = lines.any? { |line| line.match?(/\A(?:content-length|transfer-encoding):/i) }
      lines << "Content-Length: #{length}" if length && !has_length && length_allowed?(code)
      lines.push("", "").join("\r\n").b
    end

    def length_allowed?(code)
      code >= 200 && !WITHOUT_BODY.include?(code) && @env["REQUEST_METHOD"] != "HEAD"
    end

    # Rack 2 joins several values by line ends, Rack 3 has them in an Array.
    def header_lines(name, value)
      if name == "rack.hijack"
        raise NotImplementedError, "this server cannot hand over the connection (rack.hijack); " \
                                   "return a body that responds to call"
      end
      return [] if name.to_s.start_with?("rack.")
      unless name.is_a?(String) && name.match?(/\A[^\s:\0]+\z/) && !name.casecmp?("status")
        raise ArgumentError, "#{short(name)} is not the name of a response header"
      end
      values = value.is_a?(Array) ? value : value.to_s.split("\n", -1)
      values = [""] if values.empty?
      if values.any? { |one| one.to_s.match?(/[\r\n\0]/n) }
        raise ArgumentError, "the value of #{name} holds a line end: #{short(value)}"
      end
      values.map { |one| "#{name}: #{one}".b }
    end

    def short(value)
      text = value.inspect
      text.size > 60 ? "#{text[0, 60]}…" : text
    end
  end
end
