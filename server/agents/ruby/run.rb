# A forked process and, one after another, its requests: their pipes, and how it ends.
module CGIWorkbenchAgent
  # Descriptors, processes or memory are used up, until something of it ends.
  NO_MORE = [Errno::EMFILE, Errno::ENFILE, Errno::EAGAIN, Errno::ENOBUFS, Errno::ENOMEM].freeze

  class Run
    attr_reader :pid, :version, :control, :stdin, :stdout, :stderr, :status
    attr_accessor :request, :deadline, :is_killed, :served, :pages

    # `version`: of the script that it has compiled.
    def initialize(pid, version, control)
      @pid, @version, @control = pid, version, control
      @served = 0
    end

    # Pipes of its own for each request. False: the process has ended. Raises if there are no pipes.
    def give(request)
      (theirs_in, @stdin), (@stdout, theirs_out), (@stderr, theirs_error) = three_pipes
      @request, @status, @deadline = request, nil, nil
      [@stdin, @stdout, @stderr].each(&:binmode)
      hand_over([theirs_in, theirs_out, theirs_error])
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
    def signal(name, whom = -@pid)
      Process.kill(name, whom)
    rescue SystemCallError
      nil # nothing is left of it
    end

    private

    def three_pipes
      pipes = []
      3.times { pipes << IO.pipe }
      pipes
    rescue *NO_MORE
      pipes.flatten.each(&:close)
      raise
    end

    def hand_over(theirs)
      theirs.each { |io| @control.send_io(io) }
      @control.write([@request.params.bytesize].pack("N") << @request.params)
      true
    rescue SystemCallError
      false
    ensure
      theirs.each(&:close)
    end
  end
end
