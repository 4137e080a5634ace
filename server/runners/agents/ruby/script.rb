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
