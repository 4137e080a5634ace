# Mode "persistent": the script again and again in one process; between two runs, what it changed is put back.
module CGIWorkbenchAgent
  class Repeat
    # Of the place where they are read, or put back in another way.
    FIXED_GLOBALS = %i[$_ $~ $! $@ $& $` $' $+ $? $$ $1 $2 $3 $4 $5 $6 $7 $8 $9 $-p $-l $-a $-i $FILENAME $< $.
                       $PROGRAM_NAME $0 $* $LOADED_FEATURES $" $LOAD_PATH $: $-I $DEBUG_RDOC $=].freeze

    REAP_SECONDS = 0.2 # so often it looks for the end of children that the script has left
    NOT_CLEAN = 1 << 31 # with the status: the process serves no other request

    def initialize(script, options, control)
      @script, @options, @control = script, options, control
      @main = TOPLEVEL_BINDING.receiver
      @endings, @pid = [], Process.pid
      verbose, $VERBOSE = $VERBOSE, nil # under -w Ruby warns of what is replaced here
      keep_endings
      keep_temporary_files
      CoreWatch.start(->(path) { path.start_with?("#{script.folder}/") })
      $VERBOSE = verbose
    end

    def run
      @detector = Detector.new(@script, @options.detect, @control.method(:equal?)) unless @options.detect.empty?
      loop do
        take_state
        reap until !@has_children || IO.select([@control], nil, nil, REAP_SECONDS)
        yield
        @detector&.begin
        status = run_script
        Process.exit(status) if Process.pid != @pid # a fork of the script's: Ruby's own end flushes its files
        is_clean = put_back?
        @detector&.finish if is_clean
        leave_streams if is_clean # else its end closes them
        @control.write([is_clean ? status : status | NOT_CLEAN].pack("N"))
        exit!(0) unless is_clean
      end
    end

    private

    def run_script
      status = run_to_its_end
      @detector&.script_ended
      Thread.list.each { |thread| thread.kill.join unless thread == Thread.current }
      [$stdout, STDOUT].uniq.each { |stream| stream.flush unless stream.closed? }
      status || 0
    rescue IOError, SystemCallError
      status || 0 # its output was closed
    end

    def take_state
      @globals = (global_variables - FIXED_GLOBALS).map { |name| [name, eval(name.to_s)] }
      @thread_values = ThreadValues.take
      @constants, @methods = Object.constants, Object.private_instance_methods(false)
      @features, @load_path = $LOADED_FEATURES.dup, $LOAD_PATH.dup
      @umask = File.umask
      @encodings = Encoding.default_external, Encoding.default_internal
      @descriptors = descriptors
      srand
    end

    def put_back
      verbose, $VERBOSE = $VERBOSE, nil
      put_back_definitions
      remove_temporary_files
      put_back_globals if @options.globals == "fresh"
      Dir.chdir(@script.folder)
      File.umask(@umask)
      Signal.list.each_key { |name| put_back_signal(name) } if @script.mentions?("trap")
      (descriptors - @descriptors).empty? or close_files
      Encoding.default_external, Encoding.default_internal = @encodings
      $VERBOSE = @options.globals == "fresh" ? @globals.to_h[:$VERBOSE] : verbose
      reap
    end

    # Children that the script did not wait for.
    def reap
      nil while Process.waitpid(-1, Process::WNOHANG)
      @has_children = true
    rescue Errno::ECHILD
      @has_children = false
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
  end
end
