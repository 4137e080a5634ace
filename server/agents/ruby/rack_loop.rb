# Rack, the process: its connections, and a new process in its place when the application's file has changed.
module CGIWorkbenchAgent
  class Gone < IOError; end

  class RackLoop
    include CoreMethods

    PARENT_SECONDS = 2 # so often it looks whether the process that started it still lives
    REST_SECONDS = 0.2 # when it has no descriptors left
    GROWTH_REQUESTS = 64

    def initialize(listener, script, options)
      %w[monitor stringio tempfile].each { |name| require name }
      @listener, @script, @options = listener, script, options
      @pid, @parent = Process.pid, Process.ppid
      @needed, @of_io = needed, of_io
      @file, @monitor = ApplicationFile.new(script), Monitor.new # threads of the application write errors
      @connections, @whole = {}, []
      @served, @rests = 0, false
      @is_multiprocess = options.listen.empty? || options.workers > 1 # by itself it cannot know of others
      %w[TERM INT].each { |name| trap(name) { exit!(0) } }
      STDOUT.reopen(STDERR)
      $stdout, $stderr = [1, 2].map { |descriptor| Errors.new(descriptor) { |data| write_error(data) } }
    end

    # Does not return.
    def serve
      adopt
      until worn? && idle? && @connections.each_value.none?(&:awaited?)
        exit!(0) if Process.ppid != @parent
        start_anew if @has_changed && idle?
        request = @whole.shift
        request ? serve_request(request) : turn
        look_at_methods if request
      end
      exit(0)
    rescue StandardError => error
      leave(70, "#{error.message} (#{error.class})")
    end

    def values
      most = @options.children.to_s
      { "FCGI_MAX_CONNS" => most, "FCGI_MAX_REQS" => most, "FCGI_MPXS_CONNS" => "0" }
    end

    # Called by connections.

    def begin_request(request)
      request.input = Body.new
      more_body(request)
    end

    def more_body(request)
      request.input << request.body
      request.body.clear
      return unless request.whole && !request.is_queued
      request.is_queued = true
      @whole << request
    end

    def aborted(request)
      return @is_aborted = true if request.equal?(@running)
      @whole.delete(request)
      request.connection.finish(0)
    end

    def left(request)
      @whole.delete(request)
    end

    def closed(connection)
      @connections.delete(connection.socket)
    end

    private

    # With 0 a request that has just come is for another process.
    def leave(status, why)
      IO.for_fd(2, "w", autoclose: false).syswrite("The application has changed what its process needs: #{why}.\n")
    ensure
      exit!(status)
    end

    def turn
      ready, writable, = IO.select(readable, writing, nil, @rests ? REST_SECONDS : PARENT_SECONDS)
      @rests = false
      @has_changed ||= !ready.nil? && @file.changed?
      send_more(writable || [])
      ((ready || []) & readable).each { |io| io == @listener ? accept : @connections[io]&.read }
    end

    def writing
      @connections.values.reject { |one| one.output.empty? }.map(&:socket)
    end

    def send_more(sockets)
      sockets.each { |socket| @connections[socket]&.send_bytes("".b) }
    end

    # When the file has changed, what was begun is served, and the next process reads what comes after it.
    def readable
      return @connections.values.reject(&:idle?).map(&:socket) if @has_changed
      is_full = @rests || worn? || @connections.values.count(&:request) >= @options.children
      is_full ? @connections.keys : [@listener, *@connections.keys]
    end

    def accept
      socket, = @listener.accept_nonblock(exception: false)
      @connections[socket] = Connection.new(socket, self) unless socket == :wait_readable
    rescue *NO_MORE
      @rests = true # the listener would be ready again at once
    rescue SystemCallError
      nil # it has gone
    end

    def idle?
      @whole.empty? && @connections.each_value.all?(&:idle?)
    end

    # Replaces this process by one that has loaded nothing. Connections stay.
    def start_anew
      ENV[VARIABLE] = "connections=#{@connections.keys.map(&:fileno).join(",")}"
      warning = { true => "-w", false => "-W1", nil => "-W0" }[$VERBOSE]
      exec(RUBY, warning, AGENT_PATH, *ARGUMENTS[0..-2], @options.script,
           { 0 => @listener, 1 => 1, 2 => 2 }.merge(@connections.keys.to_h { |socket| [socket, socket] }))
    end

    def adopt
      @options.adopted.each do |descriptor|
        socket = Socket.for_fd(descriptor)
        socket.close_on_exec = true
        @connections[socket] = Connection.new(socket, self)
      end
    end

    def worn?
      @is_worn ||= @options.recycle.between?(1, @served) || grown?
    end

    def grown?
      return false if @options.grow.zero? || @served < (@look_at ||= GROWTH_REQUESTS)
      @look_at = @served + GROWTH_REQUESTS
      pages = File.read("/proc/self/statm").split[1].to_i
      (pages - (@pages ||= pages)) / 256 > @options.grow
    rescue SystemCallError
      false
    end
  end
end
