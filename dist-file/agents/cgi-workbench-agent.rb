#!/usr/bin/env ruby
# Runs one unmodified CGI script as a FastCGI application. Ruby 2.7 or later, the standard library alone.
#
#   cgi-workbench-agent.rb [options] SCRIPT
#
#   --mode=prefork|persistent  prefork: each request has a process of its own, forked from an interpreter that has
#                              compiled the script. persistent: a process runs the script again and again.
#   --listen=unix:PATH|tcp:HOST:PORT   Open the socket. Without it, descriptor 0 is the listening socket.
#   --workers=N      Processes that accept connections (with --listen; 1).
#   --children=N     Requests that one worker serves at once (1; with --listen 16).
#   --spare=N        prefork: processes forked before a request comes (1).
#   --preload=A,B    Libraries to require before the first request.
#   --recycle=N      Replace a process after N requests (0: never).
#   --grow=MIB       Replace a persistent process that has grown by so much (256; 0: never).
#   --modules=drop|keep   persistent: load files from the script's folder again for each request (drop), or keep them.
#   --globals=fresh|keep  persistent: put back (fresh) or leave the script's global variables.
#   --words=pass|ignore   A query without "=" becomes the arguments of the script, or never does.
#   --error500       Respond with status 500 when a script fails before it writes anything.
require "socket"

# A script may define methods on Object and replace constants: everything of the agent is found in this module.
module CGIWorkbenchAgent
end


# FastCGI 1.0: records, name-value pairs, and the query of an indexed search (RFC 3875, section 4.4).
module CGIWorkbenchAgent
  BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, FCGI_STDIN, FCGI_STDOUT, FCGI_STDERR = *1..7
  GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = *9..11
  REQUEST_COMPLETE, CANT_MPX_CONN, UNKNOWN_ROLE = 0, 1, 3
  RESPONDER = 1
  MAX_CONTENT = 65_528

  module_function

  def record(type, id, content = "".b)
    [1, type, id, content.bytesize, 0].pack("CCnnCx") << content
  end

  def stream_records(type, id, data)
    return record(type, id, data) if data.bytesize <= MAX_CONTENT
    (0...data.bytesize).step(MAX_CONTENT).map { |at| record(type, id, data.byteslice(at, MAX_CONTENT)) }.join
  end

  def end_request(id, status, protocol = REQUEST_COMPLETE)
    record(END_REQUEST, id, [status, protocol].pack("NCx3"))
  end

  # A pair that is cut off ends the list.
  def pairs(data)
    found = {}
    at = 0
    while at < data.bytesize
      name_length, at = length_at(data, at)
      value_length, at = length_at(data, at)
      break if at + name_length + value_length > data.bytesize
      found[data.byteslice(at, name_length)] = data.byteslice(at + name_length, value_length)
      at += name_length + value_length
    end
    found
  end

  # Past the end when it is cut off.
  def length_at(data, at)
    first = data.getbyte(at)
    return 0, data.bytesize + 1 if first.nil?
    return first, at + 1 if first < 128
    return 0, data.bytesize + 1 if at + 4 > data.bytesize
    [data.byteslice(at, 4).unpack1("N") & 0x7fffffff, at + 4]
  end

  def values_result(asked, values)
    known = pairs(asked).keys.select { |name| values.key?(name) }
    content = known.map { |name| [name.bytesize, values[name].bytesize].pack("CC") << name << values[name] }.join
    record(GET_VALUES_RESULT, 0, content)
  end

  WORD = %r{\A[A-Za-z0-9\-_.!~*'();/?:@&,$%]+\z}n
  SHELLS_OWN = /[&;`'"|*?~<>^()\[\]{}$\\\n]/n

  # The words of `?word+word`, all or none. None begins with "-" (CVE-2012-1823); what a shell takes for its own is
  # escaped.
  def search_words(method, query)
    return [] if query.empty? || query.include?("=") || !%w[GET HEAD].include?(method)
    words = query.split("+", -1).map do |word|
      return [] if word !~ WORD || word =~ /%(?![0-9A-Fa-f]{2})/n
      plain = word.gsub(/%([0-9A-Fa-f]{2})/n) { $1.hex.chr }
      return [] if plain.include?("\0") || plain.start_with?("-")
      plain.gsub(SHELLS_OWN) { |one| "\\" + one }
    end
    words
  end
end


# The command line of the agent.
module CGIWorkbenchAgent
  DEFAULTS = {
    mode: "prefork", listen: "", workers: 1, children: 0, spare: 1, preload: "", recycle: 0, grow: 256,
    modules: "drop", globals: "fresh", words: "pass", error500: false
  }.freeze
  CHOICES = {
    mode: %w[prefork persistent], modules: %w[drop keep], globals: %w[fresh keep], words: %w[pass ignore]
  }.freeze
  Options = Struct.new(*DEFAULTS.keys, :script)

  module_function

  def usage_error(text)
    warn("#{text}\nUsage: cgi-workbench-agent.rb [--mode=prefork|persistent] [--listen=ADDRESS] SCRIPT")
    exit(2)
  end

  def read_options(arguments)
    options = Options.new(*DEFAULTS.values)
    while arguments.first.to_s.start_with?("--")
      name, text = arguments.shift[2..-1].split("=", 2)
      key = name.to_s.to_sym
      usage_error("There is no option --#{name}.") unless DEFAULTS.key?(key)
      options[key] = value_of(key, text)
    end
    usage_error("Name one script.") unless arguments.size == 1
    options.script = File.expand_path(arguments.first)
    options.children = options.listen.empty? ? 1 : 16 if options.children.zero?
    options
  end

  def value_of(key, text)
    default = DEFAULTS[key]
    return true if default == false && text.nil?
    usage_error("--#{key} needs a value: --#{key}=...") if text.nil?
    usage_error("--#{key} takes no value.") if default == false
    if default.is_a?(Integer)
      usage_error("--#{key} needs a number, not \"#{text}\".") unless text.match?(/\A\d+\z/)
      return text.to_i
    end
    usage_error("--#{key} is one of #{CHOICES[key].join(", ")}.") unless CHOICES.fetch(key, [text]).include?(text)
    text
  end
end


# Linux ends a process when its parent is gone, if the process asks for it. Elsewhere it has to look now and then.
module CGIWorkbenchAgent
  PR_SET_PDEATHSIG = 1
  PRCTL = begin
    require "fiddle"
    Fiddle::Function.new(Fiddle.dlopen(nil)["prctl"], [Fiddle::TYPE_INT] + [Fiddle::TYPE_LONG] * 4, Fiddle::TYPE_INT)
  rescue LoadError, StandardError
    nil
  end

  module_function

  # Call in the child, first thing.
  def end_with(parent, signal)
    PRCTL&.call(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    exit!(0) if Process.ppid != parent
  end
end


# The script as `ruby SCRIPT` runs it: compiled once, at the top level, with Ruby's own end.
module CGIWorkbenchAgent
  AGENT_FILE = __FILE__
  RUBY = RbConfig.ruby

  # In the place of $stderr while a file is compiled.
  class Seen
    attr_reader :text

    def initialize
      @text = +""
    end

    def write(*parts)
      parts.each { |part| @text << part.to_s }
    end
  end

  class Script
    attr_reader :path, :folder

    def initialize(path)
      @path, @folder = path, File.dirname(path)
      @version = @code = nil
    end

    # Compiles a file that changed; true when it did.
    def refresh
      found = File.stat(@path)
      version = [found.mtime, found.size, found.ino]
    rescue SystemCallError
      version = nil
    ensure
      return false if version == @version
      @version = version
      @code = version && compile
      @source = @code ? File.binread(@path) : "".b
      return true
    end

    # It can run a second time in one process: Ruby registers an END block once, and runs finalizers when it likes.
    def repeats?
      @code && !@source.match?(/\bEND\s*\{|define_finalizer/)
    end

    def mentions?(word)
      @source.include?(word)
    end

    # Ends as the script ends. What does not compile says so itself.
    def run
      exec(RUBY, @path, *ARGV) unless @code
      at = @source.index(/^__END__\r?$\n?/n)
      if at
        Object.send(:remove_const, :DATA) if Object.const_defined?(:DATA)
        data = File.open(@path)
        data.seek(at + @source.match(/^__END__\r?$\n?/n)[0].bytesize)
        Object.const_set(:DATA, data)
      end
      @code.eval
    rescue SystemExit
      raise
    rescue Exception => error
      raise without_agent(error)
    end

    # With the frames from the script's own on.
    def without_agent(error)
      one = error
      while one
        one.set_backtrace(one.backtrace.reject { |line| line.start_with?(AGENT_FILE) }) if one.backtrace
        one = one.cause
      end
      error
    end

    private

    # nil with warnings, too: they are printed for each request, as a new process prints them.
    def compile
      own, $stderr = $stderr, (seen = Seen.new)
      code = RubyVM::InstructionSequence.compile_file(@path)
      seen.text.empty? ? code : nil
    rescue SyntaxError, SystemCallError, ArgumentError, EncodingError
      nil
    ensure
      $stderr = own
    end
  end
end


# The process that runs the script: it waits on its control socket for descriptors 0, 1 and 2 and for the variables.
module CGIWorkbenchAgent
  LINE_NUMBERS = [$., ARGF.lineno, STDIN.lineno].freeze # Ruby counts the first line of the script that it reads

  class Child
    def initialize(script, options, control)
      @script, @options, @control = script, options, control
      @own = ENV.to_hash
    end

    # Returns after the script of a prefork process has ended; the process then comes to Ruby's own end.
    def run
      if @options.mode == "persistent" && @script.repeats?
        Repeat.new(@script, @options, @control).run { take_request }
      else
        take_request
        @control.close
        @script.run
      end
    end

    private

    def take_request
      streams = Array.new(3) { @control.recv_io(IO) }
      length = read_exactly(4).unpack1("N")
      variables = CGIWorkbenchAgent.pairs(read_exactly(length))
      [STDIN, STDOUT, STDERR].zip(streams) { |own, stream| own.reopen(stream) }
      streams.each(&:close)
      $., ARGF.lineno, STDIN.lineno = LINE_NUMBERS
      STDOUT.sync = false
      STDERR.sync = true
      ENV.replace(@own)
      variables.each { |name, value| ENV[name] = value unless name.empty? || name.include?("=") }
      set_arguments(variables)
      $0 = @script.path
    rescue SystemCallError, EOFError
      exit!(0) # the worker has no request for this process
    end

    def set_arguments(variables)
      query = @options.words == "pass" ? variables["QUERY_STRING"].to_s : ""
      ARGV.replace(CGIWorkbenchAgent.search_words(variables["REQUEST_METHOD"].to_s, query))
      ARGV.each { |word| word.force_encoding(Encoding.default_external) }
    end

    def read_exactly(length)
      data = "".b
      data << @control.readpartial(length - data.bytesize) while data.bytesize < length
      data
    end
  end
end


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
      ended(data.unpack1("N"))
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


# One connection from a web server: records in, records out. One request at a time on it, as FCGI_MPXS_CONNS says.
module CGIWorkbenchAgent
  # A request as its records bring it, and the process that serves it.
  class Request
    attr_reader :id, :connection, :params, :body
    attr_accessor :keep, :known, :whole, :run, :has_stdout, :has_stderr

    def initialize(id, keep, connection)
      @id, @keep, @connection = id, keep, connection
      @params, @body = "".b, "".b
    end
  end

  class Connection
    HELD_BYTES = 1 << 18 # so much waits in memory, each way

    attr_reader :socket, :request, :output

    def initialize(socket, worker)
      @socket, @worker = socket, worker
      @input, @output = "".b, "".b
    end

    def open?
      !@socket.closed?
    end

    def wants_to_read?
      @ending || @request.nil? || !@request.known || @request.body.bytesize < HELD_BYTES
    end

    def read
      data = @socket.read_nonblock(1 << 16, exception: false)
      return if data == :wait_readable
      return close if data.nil?
      take_records(@input << data) unless @ending
    rescue SystemCallError
      close
    end

    def send_bytes(data)
      return unless open?
      @output << data
      until @output.empty?
        count = @socket.write_nonblock(@output, exception: false)
        break if count == :wait_writable
        @output = @output.byteslice(count..-1)
      end
      @socket.shutdown(Socket::SHUT_WR) if @ending && @output.empty?
    rescue SystemCallError
      close
    end

    def stdout(data)
      @request.has_stdout = true
      send_bytes(CGIWorkbenchAgent.stream_records(FCGI_STDOUT, @request.id, data))
    end

    def stderr(data)
      @request.has_stderr = true
      send_bytes(CGIWorkbenchAgent.stream_records(FCGI_STDERR, @request.id, data))
    end

    # `last`: records that go before its end.
    def finish(status, last = "".b)
      request, @request = @request, nil
      last << CGIWorkbenchAgent.record(FCGI_STDOUT, request.id)
      last << CGIWorkbenchAgent.record(FCGI_STDERR, request.id) if request.has_stderr
      @ending = !request.keep
      send_bytes(last << CGIWorkbenchAgent.end_request(request.id, status))
    end

    def close
      return unless open?
      @worker.closed(self)
      @socket.close
      @output = "".b
      request, @request = @request, nil
      @worker.left(request) if request
    end

    private

    def take_records(data)
      at = 0
      while data.bytesize - at >= 8 && open? && !@ending
        _, type, id, length, padding = data.byteslice(at, 8).unpack("CCnnC")
        break if data.bytesize - at < 8 + length + padding
        take(type, id, data.byteslice(at + 8, length))
        at += 8 + length + padding
      end
      @input = data.byteslice(at..-1)
    end

    def take(type, id, content)
      if id.zero?
        send_bytes(type == GET_VALUES ? CGIWorkbenchAgent.values_result(content, @worker.values)
          : CGIWorkbenchAgent.record(UNKNOWN_TYPE, 0, [type].pack("Cx7")))
      elsif type == BEGIN_REQUEST
        begin_request(id, *content.unpack("nC"))
      elsif @request.nil? || @request.id != id
        nil # of a request that is over: section 3.3
      elsif type == PARAMS && !@request.known
        content.empty? ? begin_run : @request.params << content
      elsif type == FCGI_STDIN && !@request.whole
        content.empty? ? @request.whole = true : @request.body << content
        @worker.more_body(@request) if @request.known
      elsif type == ABORT_REQUEST
        @worker.aborted(@request)
      end
    end

    def begin_run
      @request.known = true
      @worker.begin_request(@request)
    end

    def begin_request(id, role, flags)
      if @request
        send_bytes(CGIWorkbenchAgent.end_request(id, 0, CANT_MPX_CONN))
      elsif role != RESPONDER
        @ending = flags.to_i & 1 == 0
        send_bytes(CGIWorkbenchAgent.end_request(id, 0, UNKNOWN_ROLE))
      else
        @request = Request.new(id, flags & 1 == 1, self)
      end
    end
  end
end


# A worker: the listening socket, its connections, and the processes that run the script. It sleeps until one is ready.
module CGIWorkbenchAgent
  class Worker
    PARENT_SECONDS = 2 # so often it looks whether the process that started it still lives
    HELD_SECONDS = 2   # so long other processes may hold a script's stdout or stderr after its end
    GRACE_SECONDS = 2  # between TERM and KILL

    def initialize(listener, script, options)
      @listener, @script, @options = listener, script, options
      @pid, @parent = Process.pid, Process.ppid
      @connections, @waiting, @spare, @runs, @leaving = {}, [], [], {}, {}
      @served = 0
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
      from << @listener if @runs.size + @waiting.size < @options.children
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
        body.replace(body.byteslice(count..-1))
      end
      run.close("stdin") if run.request.whole
    rescue SystemCallError
      run.close("stdin") # the script reads no more of it, which it may
      body.clear
    end

    def end_at_once
      (@runs.values + @spare).each { |run| run.signal("KILL") }
      exit!(0)
    end
  end
end


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
      run.deadline ||= now + HELD_SECONDS if run.status
      return unless run.over? && @runs.delete(run.pid)
      @served += 1
      run.served += 1
      run.close("stdin")
      request = run.request
      answer(request, run.status) if request.connection.request.equal?(request)
      request.run = nil
      if run.goes_on? && !worn_out?(run)
        @spare << run
      else
        run.close_all
      end
    end

    def answer(request, status)
      last = "".b
      if status != 0 && @options.error500 && !request.has_stdout
        page = "Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\n" \
               "The script failed with exit status #{status}.\n"
        last << CGIWorkbenchAgent.stream_records(FCGI_STDOUT, request.id, page.b)
      end
      request.connection.finish(status, last)
    end

    def reap
      while (pid = Process.waitpid(-1, Process::WNOHANG))
        run = @runs[pid] or next
        status = $?.signaled? ? 128 + $?.termsig : $?.exitstatus
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
      @runs.values.each do |run|
        next unless run.deadline && run.deadline <= now
        next run.signal("KILL") if run.status.nil?
        next if run.request.connection.open? && run.request.connection.output.bytesize >= Connection::HELD_BYTES
        %w[stdout stderr].each { |name| run.close(name) }
        run.is_killed = true
        settle(run)
      end
    end

    def pause
      nearest = @runs.values.map(&:deadline).compact.min
      nearest ? [[nearest - now, 0.01].max, PARENT_SECONDS].min : PARENT_SECONDS
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end

    def worn?
      @options.recycle.positive? && @served >= @options.recycle
    end

    def idle?
      @waiting.empty? && @runs.empty? && @connections.values.all? { |one| one.request.nil? && one.output.empty? }
    end

    def worn_out?(run)
      return false if @options.grow.zero? || run.served % 20 != 1
      pages = File.read("/proc/#{run.pid}/statm").split[1].to_i
      run.pages ||= pages
      (pages - run.pages) / 256 > @options.grow
    rescue SystemCallError
      false
    end
  end
end


# With --listen: the process that opened the socket, and replaces workers that end.
module CGIWorkbenchAgent
  module_function

  def open_listener(address)
    kind, where = address.split(":", 2)
    if kind == "unix"
      File.unlink(where) if File.socket?(where)
      return UNIXServer.new(where)
    end
    host, port = where.to_s.match(/\A\[?(.+?)\]?:(\d+)\z/)&.captures
    usage_error("--listen is unix:PATH or tcp:HOST:PORT, not \"#{address}\".") unless kind == "tcp" && port
    TCPServer.new(host, port.to_i)
  end

  # Descriptor 0, out of the way of a script's standard input.
  def inherited_listener
    listener = Socket.for_fd(STDIN.dup.fileno)
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
        pid = fork
        if pid.nil?
          end_with(master, 15)
          return %w[TERM INT].each { |name| trap(name, "DEFAULT") }
        end
        started[pid] = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      end
      pid = begin
        Process.wait
      rescue Errno::ECHILD
        nil
      end
      quick = pid && Process.clock_gettime(Process::CLOCK_MONOTONIC) - started.delete(pid).to_f < 1
      sleep(0.2) if quick && !stopping && !$?.success?
    end
    started.each_key { |pid| kill(pid) }
    Process.waitall
    File.unlink(options.listen[5..-1]) if options.listen.start_with?("unix:") && File.socket?(options.listen[5..-1])
    exit!(0)
  end

  def kill(pid)
    Process.kill("TERM", pid)
  rescue SystemCallError
    nil # it has ended
  end
end


# The start: options, the listening socket, the libraries to preload; then a worker, or a master with its workers.
module CGIWorkbenchAgent
  module_function

  def start
    options = read_options(ARGV)
    listener = options.listen.empty? ? inherited_listener : open_listener(options.listen)
    Dir.chdir(File.dirname(options.script))
    ARGV.clear
    options.preload.split(",").each do |name|
      require name
    rescue LoadError => error
      warn("#{name} is not preloaded: #{error.message}")
    end
    supervise(options) unless options.listen.empty?
    Worker.new(listener, Script.new(options.script), options).serve.run
  end
end
CGIWorkbenchAgent.start
