# The processes that run the script: forked, ahead of requests if there is time, and given to requests.
module CGIWorkbenchAgent
  class Worker
    private

    def start_waiting
      return if @rests_until
      drop_spares if !@waiting.empty? && @script.refresh
      while !@waiting.empty? && @runs.size < @options.children
        child = @spare.empty? && fork_run
        return child if child
        run, request = @spare.first, @waiting.first
        is_given = run.give(request)
        @spare.shift
        next run.close_all unless is_given
        @waiting.shift
        request.run = run
        @runs[run.pid] = run
        feed(run)
      end
    rescue *NO_MORE
      rest
    end

    def use_spare_time
      wanted = @options.mode == "persistent" ? 0 : @options.spare
      fork_run if @spare.size < wanted && !@rests_until && !IO.select(readable, nil, nil, 0)
    rescue *NO_MORE
      rest
    end

    # What is missing may come back at any moment: it tries again then, or when something of its own has ended.
    def rest
      @rests_until = now + REST_SECONDS
      nil
    end

    # The child, in the child.
    def fork_run
      @script.repeats? if @options.mode == "persistent" # found out once, for all processes to come
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
      @spare << Run.new(pid, @script.version, ours)
      nil
    rescue *NO_MORE
      [ours, theirs].compact.each(&:close)
      raise
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
