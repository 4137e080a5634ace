# Mode "persistent": the script again and again in one process; between two runs, what it changed is put back.
module CGIWorkbenchAgent
  class Repeat
    # Of the place where they are read, or put back in another way.
    FIXED_GLOBALS = %i[$_ $~ $! $@ $& $` $' $+ $? $$ $1 $2 $3 $4 $5 $6 $7 $8 $9 $-p $-l $-a $-i $FILENAME $< $.
                       $PROGRAM_NAME $0 $* $LOADED_FEATURES $" $LOAD_PATH $: $-I $DEBUG_RDOC].freeze

    def initialize(script, options, control)
      @script, @options, @control = script, options, control
      @main = TOPLEVEL_BINDING.receiver
      @endings = []
      keep_endings
    end

    def run
      loop do
        take_state
        yield
        status = run_script
        put_back
        leave_streams
        @control.write([status].pack("N"))
      end
    end

    private

    # at_exit of the script runs at its end; that of libraries at the end of the process.
    def keep_endings
      endings, folder = @endings, @script.folder
      Kernel.module_eval do
        own = instance_method(:at_exit)
        define_method(:at_exit) do |&block|
          next own.bind(self).call(&block) unless block.source_location.first.start_with?(folder)
          endings << block
          block
        end
        private :at_exit
      end
    end

    def run_script
      status = status_of { @script.run }
      while (block = @endings.pop)
        ended = status_of(&block)
        status = ended if ended
      end
      Thread.list.each { |thread| thread.kill.join unless thread == Thread.current }
      [$stdout, STDOUT].uniq.each { |stream| stream.flush unless stream.closed? }
      status || 0
    rescue IOError, SystemCallError
      status || 0 # its output was closed
    end

    # nil: it came to its last line.
    def status_of
      yield
      nil
    rescue SystemExit => leaving
      leaving.status
    rescue SignalException
      raise # the process dies of it, as the script would
    rescue Exception => error
      STDERR.write(@script.without_agent(error).full_message(highlight: false, order: :top))
      1
    end

    def take_state
      @globals = (global_variables - FIXED_GLOBALS).map { |name| [name, eval(name.to_s)] }
      @constants, @methods = Object.constants, Object.private_instance_methods(false)
      @features, @load_path = $LOADED_FEATURES.dup, $LOAD_PATH.dup
      @umask = File.umask
      @encodings = Encoding.default_external, Encoding.default_internal
      @descriptors = descriptors
      srand
    end

    def put_back
      put_back_definitions
      put_back_globals if @options.globals == "fresh"
      Dir.chdir(@script.folder)
      File.umask(@umask)
      Signal.list.each_key { |name| put_back_signal(name) } if @script.mentions?("trap")
      (descriptors - @descriptors).empty? or close_files
      Encoding.default_external, Encoding.default_internal = @encodings
      Process.waitpid(-1, Process::WNOHANG) while true
    rescue Errno::ECHILD
      nil
    end

    def put_back_signal(name)
      trap(name, name == "PIPE" ? "SYSTEM_DEFAULT" : "DEFAULT")
    rescue ArgumentError, Errno::EINVAL
      nil # reserved
    end

    def put_back_definitions
      (Object.constants - @constants).each do |name|
        file, = Object.const_source_location(name)
        Object.send(:remove_const, name) if own?(file)
      end
      (Object.private_instance_methods(false) - @methods).each do |name|
        file, = Object.instance_method(name).source_location
        Object.send(:remove_method, name) if own?(file)
      end
      @main.instance_variables.each { |name| @main.remove_instance_variable(name) }
      return if @options.modules == "keep"
      $LOADED_FEATURES.reject! { |file| own?(file) && !@features.include?(file) }
    end

    def own?(file)
      file && (file == @script.path || @options.modules == "drop" && file.start_with?("#{@script.folder}/"))
    end

    def put_back_globals
      $LOAD_PATH.replace(@load_path)
      known = @globals.to_h
      (global_variables - FIXED_GLOBALS).each do |name|
        next if name == :$VERBOSE || !known.key?(name) && !@script.mentions?(name.to_s) # it is a library's
        set_global(name, known[name]) unless eval(name.to_s).equal?(known[name])
      end
      $VERBOSE = known[:$VERBOSE]
    end

    def set_global(name, value)
      verbose, $VERBOSE = $VERBOSE, nil
      @value = value
      eval("#{name} = @value")
    rescue NameError, TypeError, ArgumentError
      nil # read-only
    ensure
      $VERBOSE = verbose
    end

    def descriptors
      Dir.children("/proc/self/fd")
    rescue SystemCallError
      []
    end

    def close_files
      keep = [STDIN, STDOUT, STDERR, @control]
      ObjectSpace.each_object(IO) { |io| io.close unless keep.include?(io) || io.closed? }
    end

    def leave_streams
      { STDIN => "r", STDOUT => "w", STDERR => "w" }.each { |stream, how| stream.reopen(File::NULL, how) }
    end
  end
end
