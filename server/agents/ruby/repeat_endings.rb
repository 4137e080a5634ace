# Mode "persistent": the script's run to its end, with what it registered for that (at_exit).
module CGIWorkbenchAgent
  class Repeat
    private

    # at_exit of the script runs at its end, and at the end of a fork with a block; that of libraries at the process's.
    def keep_endings
      at_exit do
        status = run_endings(nil)
        Process.exit(status) if status
      end
      endings, folder = @endings, @script.folder
      Kernel.module_eval do
        own = instance_method(:at_exit)
        define_method(:at_exit) do |&block|
          file, = block&.source_location # none: a method that is not written in Ruby
          next own.bind(self).call(&block) unless block && (file.nil? || file.start_with?("#{folder}/"))
          endings << block
          block
        end
        module_function :at_exit
      end
    end

    # nil: it came to its last line. Its endings find in $! what has ended it, which is reported after them.
    def run_to_its_end
      @script.run
      run_endings(nil)
    rescue SystemExit => leaving
      run_endings(leaving.status & 255)
    rescue SignalException
      run_endings(nil)
      raise # the process dies of it, as the script would
    rescue Exception => error
      status = run_endings(1)
      report(error)
      status
    end

    # One that fails is reported at once, and those after it find in $! why.
    def run_endings(status)
      while (block = @endings.pop)
        begin
          block.call
        rescue SystemExit => leaving
          return run_endings(leaving.status & 255)
        rescue SignalException
          raise
        rescue Exception => error
          report(error)
          return run_endings(1)
        end
      end
      status
    end

    def report(error)
      STDERR.write(@script.without_agent(error).full_message(highlight: false, order: :top))
    end
  end
end
