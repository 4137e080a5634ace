# The processes that run the script: forked, ahead of requests if there is time, and given to requests.
module CGIWorkbenchAgent
  class Worker
    private

    def start_waiting
      drop_spares if !@waiting.empty? && @script.refresh
      while !@waiting.empty? && @runs.size < @options.children
        child = @spare.empty? && fork_run
        return child if child
        run, request = @spare.shift, @waiting.first
        next unless run.give(request)
        @waiting.shift
        request.run = run
        @runs[run.pid] = run
        feed(run)
      end
    end

    def use_spare_time
      wanted = @options.mode == "persistent" ? 0 : @options.spare
      fork_run if @spare.size < wanted && !IO.select(readable, nil, nil, 0)
    end

    # The child, in the child.
    def fork_run
      ours, theirs = UNIXSocket.pair
      pid = fork
      if pid.nil?
        become_child(ours)
        return Child.new(@script, @options, theirs)
      end
      theirs.close
      begin
        Process.setpgid(pid, pid)
      rescue SystemCallError
        nil # the child has done the same, or has ended
      end
      @spare << Run.new(pid, ours)
      nil
    end

    def become_child(ours)
      CGIWorkbenchAgent.end_with(@pid, 9)
      Process.setpgid(0, 0)
      %w[CHLD TERM INT].each { |name| trap(name, "DEFAULT") }
      trap("PIPE", "SYSTEM_DEFAULT")
      others = @runs.values + @spare
      [ours, @listener, @woken, @wakes, *@connections.keys].each(&:close)
      others.each(&:close_all)
    end

    def drop_spares
      @spare.each(&:close_all)
      @spare.clear
    end
  end
end
