# One connection from a web server: records in, records out. One request at a time on it, as FCGI_MPXS_CONNS says.
module CGIWorkbenchAgent
  class Connection
    HELD_BYTES = 1 << 18 # so much waits in memory, each way
    FIRST_REQUEST_SECONDS = 1 # a process that is to be replaced waits so long for that of a connection it has accepted

    attr_reader :socket, :request, :output

    def initialize(socket, worker)
      @socket, @worker = socket, worker
      @input, @output = "".b, "".b
      @awaited_until = Process.clock_gettime(Process::CLOCK_MONOTONIC) + FIRST_REQUEST_SECONDS
    end

    def open?
      !@socket.closed?
    end

    # Its first request is about to come.
    def awaited?
      !@awaited_until.nil? && Process.clock_gettime(Process::CLOCK_MONOTONIC) < @awaited_until
    end

    # Nothing of a request is here.
    def idle?
      @request.nil? && @input.empty? && @output.empty?
    end

    def wants_to_read?
      @ending || @request.nil? || !@request.known || @request.body.bytesize < HELD_BYTES
    end

    def read
      data = @socket.read_nonblock(1 << 16, exception: false)
      return if data == :wait_readable
      return close if data.nil?
      take_records(@input << data) unless @ending
    rescue SystemCallError
      close
    end

    def send_bytes(data)
      return unless open?
      @output << data
      until @output.empty?
        count = @socket.write_nonblock(@output, exception: false)
        break if count == :wait_writable
        @output = @output.byteslice(count..-1)
      end
      @socket.shutdown(Socket::SHUT_WR) if @ending && @output.empty?
    rescue SystemCallError
      close
    end

    def stdout(data)
      @request.has_stdout = true
      send_bytes(CGIWorkbenchAgent.stream_records(FCGI_STDOUT, @request.id, data))
    end

    def stderr(data)
      @request.has_stderr = true
      send_bytes(CGIWorkbenchAgent.stream_records(FCGI_STDERR, @request.id, data))
    end

    # `last`: records that go before its end.
    def finish(status, last = "".b)
      request, @request = @request, nil
      last << CGIWorkbenchAgent.record(FCGI_STDOUT, request.id)
      last << CGIWorkbenchAgent.record(FCGI_STDERR, request.id) if request.has_stderr
      @ending = !request.keep
      send_bytes(last << CGIWorkbenchAgent.end_request(request.id, status, REQUEST_COMPLETE, request.unread))
    end

    def close
      return unless open?
      @worker.closed(self)
      @socket.close
      @output = "".b
      request, @request = @request, nil
      @worker.left(request) if request
    end

    private

    def take_records(data)
      at = 0
      while data.bytesize - at >= 8 && open? && !@ending
        _, type, id, length, padding = data.byteslice(at, 8).unpack("CCnnC")
        break if data.bytesize - at < 8 + length + padding
        take(type, id, data.byteslice(at + 8, length))
        at += 8 + length + padding
      end
      @input = data.byteslice(at..-1)
    end

    def take(type, id, content)
      if id.zero?
        send_bytes(type == GET_VALUES ? CGIWorkbenchAgent.values_result(content, @worker.values)
          : CGIWorkbenchAgent.record(UNKNOWN_TYPE, 0, [type].pack("Cx7")))
      elsif type == BEGIN_REQUEST
        begin_request(id, *content.unpack("nC"))
      elsif @request.nil? || @request.id != id
        nil # of a request that is over: section 3.3
      elsif type == PARAMS && !@request.known
        content.empty? ? begin_run : @request.params << content
      elsif type == FCGI_STDIN && !@request.whole
        content.empty? ? @request.whole = true : @request.body << content
        @worker.more_body(@request) if @request.known
      elsif type == ABORT_REQUEST
        @worker.aborted(@request)
      end
    end

    def begin_run
      @request.known = true
      @worker.begin_request(@request)
    end

    def begin_request(id, role, flags)
      if @request
        send_bytes(CGIWorkbenchAgent.end_request(id, 0, CANT_MPX_CONN))
      elsif role != RESPONDER
        @ending = flags.to_i & 1 == 0
        send_bytes(CGIWorkbenchAgent.end_request(id, 0, UNKNOWN_ROLE))
      else
        @awaited_until = nil
        @request = Request.new(id, flags & 1 == 1, self)
      end
    end
  end
end
