# A worker: the listening socket, its connections, and the processes that run the script. It sleeps until one is ready.
module CGIWorkbenchAgent
  class Worker
    PARENT_SECONDS = 2 # so often it looks whether the process that started it still lives
    HELD_SECONDS = 2   # so long other processes may hold a script's stdout or stderr after its end
    GRACE_SECONDS = 2  # between TERM and KILL
    REST_SECONDS = 0.2 # when it has no descriptors left

    def initialize(listener, script, options)
      @listener, @script, @options = listener, script, options
      @pid, @parent = Process.pid, Process.ppid
      @connections, @waiting, @spare, @runs, @leaving = {}, [], [], {}, {}
      @served, @rests_until = 0, nil
      @woken, @wakes = IO.pipe
      trap("CHLD") { @wakes.write_nonblock("!", exception: false) }
      trap("TERM") { end_at_once }
      trap("INT") { end_at_once }
      trap("PIPE", "IGNORE")
      script.refresh
    end

    # Returns in a child alone, which then runs the script.
    def serve
      until worn? && idle?
        exit!(0) if Process.ppid != @parent
        child = start_waiting || use_spare_time
        return child if child
        turn
      end
      end_at_once
    end

    def values
      most = @options.children.to_s
      { "FCGI_MAX_CONNS" => most, "FCGI_MAX_REQS" => most, "FCGI_MPXS_CONNS" => "0" }
    end

    # Called by connections.

    def begin_request(request)
      @waiting << request
    end

    def more_body(request)
      feed(request.run) if request.run
    end

    def aborted(request)
      return stop(request.run) if request.run
      @waiting.delete(request)
      request.connection.finish(0)
    end

    def left(request)
      @waiting.delete(request)
      stop(request.run) if request.run&.request == request
    end

    def closed(connection)
      @rests_until = nil
      @connections.delete(connection.socket)
    end

    private

    def turn
      writing = @connections.values.reject { |one| one.output.empty? }.map(&:socket)
      writing.concat(@runs.values.select { |run| run.stdin && !run.request.body.empty? }.map(&:stdin))
      ready, writable, = IO.select(readable, writing, nil, pause)
      (writable || []).each { |io| @connections.key?(io) ? @connections[io].send_bytes("".b) : feed(run_of(io)) }
      (ready || []).each { |io| read(io) unless io.closed? }
      reap
      look_at_clock
    end

    def readable
      from = [@woken]
      from << @listener if !@rests_until && @runs.size + @waiting.size < @options.children
      from.concat(@connections.values.select(&:wants_to_read?).map(&:socket))
      @runs.each_value do |run|
        is_full = run.request.connection.output.bytesize >= Connection::HELD_BYTES
        from.concat(is_full ? [run.control].compact : run.readable)
      end
      from.concat(@spare.map(&:control))
    end

    def read(io)
      return accept if io == @listener
      return @woken.read_nonblock(512, exception: false) if io == @woken
      return @connections[io].read if @connections.key?(io)
      run = run_of(io)
      return drop_spare(io) unless run
      io == run.control ? run.read_status : read_output(run, io)
      settle(run)
    end

    def accept
      socket, = @listener.accept_nonblock(exception: false) # with its address, if the socket is inherited
      @connections[socket] = Connection.new(socket, self) unless socket == :wait_readable
    rescue *NO_MORE
      rest
    rescue SystemCallError
      nil # it has gone
    end

    def run_of(io)
      @runs.each_value.find { |run| [run.stdin, run.stdout, run.stderr, run.control].any? { |one| one.equal?(io) } }
    end

    # A process that ended before it had a request.
    def drop_spare(io)
      @spare.reject! { |run| run.control.equal?(io) && (run.close_all || true) }
    end

    def feed(run)
      return if run.nil? || run.stdin.nil?
      body = run.request.body
      until body.empty?
        count = run.stdin.write_nonblock(body.byteslice(0, 1 << 16), exception: false)
        return if count == :wait_writable
        run.request.taken += count
        body.replace(body.byteslice(count..-1))
      end
      run.close("stdin") if run.request.whole
    rescue SystemCallError
      run.close("stdin") # the script reads no more of it, which it may
      body.clear
    end

    # What a script started goes on after its response, as with CGI.
    def end_at_once
      @runs.each_value { |run| run.signal("KILL") }
      @spare.each { |run| run.signal("KILL", run.pid) }
      exit!(0)
    end
  end
end
