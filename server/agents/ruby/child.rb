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
      # A client would choose the proxy of the script's own requests. CGI Workbench passes that of its settings alone.
      variables.delete("HTTP_PROXY") unless @options.listen.empty?
      [STDIN, STDOUT, STDERR].zip(streams) { |own, stream| own.reopen(stream) }
      streams.each(&:close)
      $., ARGF.lineno, STDIN.lineno = LINE_NUMBERS
      STDOUT.sync = false
      STDERR.sync = true
      ENV.replace(@own)
      variables.each { |name, value| ENV[name] = value unless name.empty? || name.include?("=") }
      set_arguments(variables)
      $0 = @script.path
      @script.set_warnings
    rescue SystemCallError, EOFError, SocketError # the last: recv_io at the end of the file
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
