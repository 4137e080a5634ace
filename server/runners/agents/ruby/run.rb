# A forked process and, one after another, its requests: their pipes, and how it ends.
module CGIWorkbenchAgent
  class Run
    attr_reader :pid, :control, :stdin, :stdout, :stderr, :status
    attr_accessor :request, :deadline, :is_killed, :served, :pages

    def initialize(pid, control)
      @pid, @control = pid, control
      @served = 0
    end

    # Pipes of its own for each request.
    def give(request)
      @request, @status, @deadline = request, nil, nil
      theirs_in, @stdin = IO.pipe
      @stdout, theirs_out = IO.pipe
      @stderr, theirs_error = IO.pipe
      theirs = [theirs_in, theirs_out, theirs_error]
      [@stdin, @stdout, @stderr].each(&:binmode)
      theirs.each { |io| @control.send_io(io) }
      @control.write([request.params.bytesize].pack("N") << request.params)
      true
    rescue SystemCallError
      false # it has ended
    ensure
      theirs.each(&:close) if theirs
    end

    def readable
      [@stdout, @stderr, @control].compact
    end

    def over?
      @status && @stdout.nil? && @stderr.nil?
    end

    def ended(status)
      @status ||= status
    end

    # The process goes on when it has reported the status itself.
    def read_status
      data = @control.read_nonblock(4, exception: false)
      return if data == :wait_readable
      return close_control if data.nil?
      message = data.unpack1("N")
      @is_killed = true if message & Repeat::NOT_CLEAN != 0
      ended(message & ~Repeat::NOT_CLEAN)
    rescue SystemCallError
      close_control
    end

    def goes_on?
      !@control.nil? && !@is_killed
    end

    def close_control
      @control.close
      @control = nil
    end

    def close(name)
      instance_variable_get("@#{name}")&.close
      instance_variable_set("@#{name}", nil)
    end

    def close_all
      %w[stdin stdout stderr control].each { |name| close(name) }
    end

    # To its group: what the script started and left there, too.
    def signal(name)
      Process.kill(name, -@pid)
    rescue SystemCallError
      nil # nothing is left of it
    end
  end
end
