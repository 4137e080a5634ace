# How a request ends: its output is complete and its status known; and how a process is ended.
module CGIWorkbenchAgent
  class Worker
    private

    def read_output(run, io)
      request = run.request
      data = io.read_nonblock(1 << 16, exception: false)
      return if data == :wait_readable
      is_output = io.equal?(run.stdout)
      return run.close(is_output ? "stdout" : "stderr") if data.nil?
      is_current = request.connection.request.equal?(request)
      is_output ? request.connection.stdout(data) : request.connection.stderr(data) if is_current
    end

    def settle(run)
      return unless run.over? && @runs.delete(run.pid)
      @served += 1
      run.served += 1
      run.close("stdin")
      request = run.request
      answer(request, run.status) if request.connection.request.equal?(request)
      request.run = nil
      @rests_until = nil
      if run.goes_on? && run.version == @script.version && !worn_out?(run) # the file may be another one by now
        @spare << run
      else
        run.close_all
      end
    end

    def answer(request, status)
      is_failure = status != 0 && @options.error500 && !request.has_stdout
      request.connection.finish(status, is_failure ? CGIWorkbenchAgent.failure_page(request, status) : "".b)
    end

    def reap
      while (pid = Process.waitpid(-1, Process::WNOHANG))
        run = @runs[pid] or next
        status = $?.signaled? ? BY_SIGNAL + $?.termsig : $?.exitstatus
        run.read_status if run.control
        run.ended(status)
        run.close_control if run.control
        settle(run)
      end
    rescue Errno::ECHILD
      nil
    end

    def stop(run)
      return if run.is_killed
      run.is_killed = true
      run.signal("TERM")
      run.deadline = now + GRACE_SECONDS
    end

    def look_at_clock
      @rests_until = nil if @rests_until && @rests_until <= now
      @runs.values.each do |run|
        if run.status
          # While output waits for the client, the last that the script wrote may still be in the pipe.
          run.deadline = run.request.connection.output.empty? ? run.deadline || now + HELD_SECONDS : nil
        end
        next unless run.deadline && run.deadline <= now
        next run.signal("KILL") if run.status.nil?
        %w[stdout stderr].each { |name| run.close(name) }
        run.is_killed = true
        settle(run)
      end
    end

    def pause
      nearest = [*@runs.values.map(&:deadline), @rests_until].compact.min
      nearest ? [[nearest - now, 0.01].max, PARENT_SECONDS].min : PARENT_SECONDS
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end

    def worn?
      @options.recycle.positive? && @served >= @options.recycle
    end

    def idle?
      return false unless @waiting.empty? && @runs.empty?
      @connections.values.none? { |one| one.request || one.awaited? || !one.output.empty? }
    end

    def worn_out?(run)
      return true if @options.recycle.between?(1, run.served) # the worker itself may never rest
      return false if @options.grow.zero? || run.served % 20 != 1
      pages = File.read("/proc/#{run.pid}/statm").split[1].to_i
      run.pages ||= pages
      (pages - run.pages) / 256 > @options.grow
    rescue SystemCallError
      false
    end
  end
end
