# Mode "rack": the file's application, called in this process for one request at a time (Rack 2 and 3).
module CGIWorkbenchAgent
  class RackWorker < RackLoop
    NO_APPLICATION = 78 # EX_CONFIG of sysexits.h: the status of a request to a file without an application

    private

    def serve_request(request)
      @running, @is_aborted = request, false
      input = request.input.input
      env = CGIWorkbenchAgent.rack_environment(request.params, input, $stderr, @is_multiprocess)
      response = RackResponse.new(env) { |data| send_output(data) }
      detect_begin unless @options.detect.empty?
      status, error = call(env, response)
      request.taken = input.most
      exit!(status) if Process.pid != @pid # a fork of the application's that came back to here
      detect_end
      finish(request, response, status)
      call_finished(env, response, error)
    ensure
      input&.close if Process.pid == @pid && !input&.closed?
    end

    # The application is loaded before, since what that changes is changed once in a process.
    def detect_begin
      own = ->(io) { io.equal?(@listener) || @connections.key?(io) }
      @detector ||= ApplicationDetector.new(@file.application, @script, @options.detect, own)
      @detector.begin
    rescue Exception
      nil # the request itself finds it out, and says so
    end

    def detect_end
      return unless @detector
      @detector.script_ended
      @detector.finish
    end

    # The exit status that a script's process would have: not 0 when it failed; and the error.
    def call(env, response)
      response.take(@file.application.call(env))
      [0, nil]
    rescue NoApplication => error
      report(error.cause) if error.cause && !error.cause.is_a?(SystemExit)
      write_error(error.message)
      [NO_APPLICATION, error]
    rescue Exception => error # the application's, whatever it is: the process serves on
      return [0, error] if error.is_a?(Gone) && gone?
      error.is_a?(SystemExit) ? write_error("The application called exit.\n") : report(error)
      [1, error]
    end

    def gone?
      @is_aborted || @running.nil? || !@running.connection.open?
    end

    # A slow reader makes the application wait. What waits for others is sent meanwhile.
    def send_output(data)
      @monitor.synchronize do
        connection = @running&.connection
        connection.stdout(data) unless gone?
        until gone? || connection.output.empty?
          ready, writable, = IO.select([connection.socket], writing)
          connection.read unless ready.empty?
          send_more(writable)
        end
      end
      raise Gone, "the client has gone" if gone?
    end

    def write_error(data)
      return IO.for_fd(2, "w", autoclose: false).syswrite(data) if Process.pid != @pid || @running.nil? || gone?
      @monitor.synchronize { @running.connection.stderr(data.b) }
    rescue ThreadError, SystemCallError
      nil # within a signal handler; or nobody reads it
    end

    # With the frames from the application's own on.
    def report(error)
      own = @script.without_agent(error)
      is_ours = own.backtrace.to_a.empty? # about what the application returned
      write_error(is_ours ? "#{own.message} (#{own.class})\n" : own.full_message(highlight: false, order: :top))
    end

    def finish(request, response, status)
      @monitor.synchronize { @running = nil }
      @served += 1
      return unless request.connection.open? && request.connection.request.equal?(request)
      last = "".b
      if status.zero? && !response.rest.empty?
        last = CGIWorkbenchAgent.stream_records(FCGI_STDOUT, request.id, response.rest)
      elsif status != 0 && @options.error500 && !request.has_stdout
        last = CGIWorkbenchAgent.failure_page(request, status)
      end
      request.connection.finish(status, last)
    end

    def call_finished(env, response, error)
      env["rack.response_finished"].reverse_each do |one|
        one.call(env, response.status, response.headers, error)
      rescue StandardError => failure
        report(failure)
      end
    end
  end
end
