# With --listen: the process that opened the socket, and replaces workers that end.
module CGIWorkbenchAgent
  PAUSE_SECONDS = 0.2 # before another worker, when the last one failed
  @own_socket = nil

  module_function

  def open_listener(address)
    kind, where = address.split(":", 2)
    if kind == "unix"
      File.unlink(where) if File.socket?(where)
      return UNIXServer.new(where).tap { @own_socket = identity(where) }
    end
    host, port = where.to_s.match(/\A\[?(.+?)\]?:(\d+)\z/)&.captures
    usage_error("--listen is unix:PATH or tcp:HOST:PORT, not \"#{address}\".") unless kind == "tcp" && port
    TCPServer.new(host, port.to_i)
  end

  # Descriptor 0, out of the way of a script's standard input.
  def inherited_listener
    copy = STDIN.dup
    copy.autoclose = false # the descriptor is the socket's: closed by both, it could be another's by then
    listener = Socket.for_fd(copy.fileno)
    unless listener.getsockopt(:SOCKET, :ACCEPTCONN).bool
      usage_error("Descriptor 0 is not a listening socket. Name one with --listen.")
    end
    kept = listener.dup
    STDIN.reopen(File::NULL)
    kept
  rescue SystemCallError
    usage_error("Descriptor 0 is not a socket. Name one with --listen.")
  end

  # Returns in a worker.
  def supervise(options)
    started = {}
    stopping = false
    master = Process.pid
    %w[TERM INT].each do |name|
      trap(name) do
        stopping = true
        started.each_key { |pid| kill(pid) }
      end
    end
    until stopping
      while started.size < [options.workers, 1].max && !stopping
        pid = begin
          fork
        rescue *NO_MORE
          sleep(PAUSE_SECONDS)
          started.delete(Process.wait(-1, Process::WNOHANG)) unless started.empty? # until then it counts as a process
          next
        end
        if pid.nil?
          %w[TERM INT].each { |name| trap(name, "DEFAULT") }
          exit!(0) if stopping # the signal came while the master's handlers were its own
          return end_with(master, 15)
        end
        started[pid] = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      end
      break if stopping # the signal came before the first worker was known
      pid = begin
        Process.wait
      rescue Errno::ECHILD
        nil
      end
      quick = pid && Process.clock_gettime(Process::CLOCK_MONOTONIC) - started.delete(pid).to_f < 1
      sleep(PAUSE_SECONDS) if quick && !stopping && !$?.success?
    end
    started.each_key { |pid| kill(pid) }
    Process.waitall
    where = options.listen[5..-1]
    File.unlink(where) if @own_socket && identity(where) == @own_socket # another agent may listen there by now
    exit!(0)
  end

  # nil: there is no such file.
  def identity(path)
    found = File.lstat(path)
    [found.dev, found.ino]
  rescue SystemCallError
    nil
  end

  def kill(pid)
    Process.kill("TERM", pid)
  rescue SystemCallError
    nil # it has ended
  end
end
