# The script as `ruby SCRIPT` runs it: compiled once, at the top level, with Ruby's own end.
module CGIWorkbenchAgent
  AGENT_FILE = __FILE__
  AGENT_PATH = File.expand_path(__FILE__) # while the folder is the one it was started in
  require "rbconfig" # --disable=gems leaves it out
  RUBY = RbConfig.ruby
  WARNS = "-w" # the switch that many scripts have

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
    attr_reader :path, :folder, :version

    # `switches`: of a configured interpreter, in place of those of the first line.
    def initialize(path, switches = "")
      @path, @folder, @configured = path, File.dirname(path), switches
      @version = @code = @repeats = nil
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
      @code = nil if asks_for_callers?
      @warns = @code && switches == WARNS
      @repeats = nil
      return true
    end

    # What works once in a process: an END block is registered once, finalizers run when Ruby likes, the handler of
    # EXIT at the end of the process, and ARGF stays at its end.
    ONCE = /\bEND\s*\{|define_finalizer|\btrap\b[\s(]*["':]?(?:SIG)?(?:EXIT|0)\b|\bARGF\b|\$</.freeze

    # Such as /#{word}/o: Ruby keeps its first value in the compiled code. Within `rescue`, the line begins with "| ".
    ONCE_COMPILED = /^[| ]*\d+ once\b/n.freeze

    # It can run a second time in one process.
    def repeats?
      @repeats = !@code.nil? && !@source.match?(ONCE) && !compiled_once? if @repeats.nil?
      @repeats
    end

    def set_warnings
      $VERBOSE = Warning[:deprecated] = true if @warns
    end

    def mentions?(word)
      @source.include?(word)
    end

    # Ends as the script ends. What does not compile says so itself.
    def run
      exec(RUBY, *words_of_switches, @path, *ARGV) unless @code
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

    def compiled_once?
      @code.disasm.b.match?(ONCE_COMPILED)
    rescue EncodingError
      true # names in two encodings: nobody can tell
    end

    # Outside of its methods and blocks, where a script has no callers, and would find this agent's frames.
    def asks_for_callers?
      return false unless @code && @source.include?("caller")
      @code.disasm.b.split(/^== disasm/n, 3)[1].to_s.match?(/\bmid:caller(?:_locations)?\b/n)
    rescue EncodingError
      true
    end

    # What Ruby reads after its own name on the first line.
    def switches
      File.open(@path, "rb", &:gets).to_s[/\A#!.*?ruby\S*[ \t]+(-.*?)\s*\z/, 1]
    end

    # As the system passes them: in one word, unless env splits them.
    def words_of_switches
      return @configured.split("\n") unless @configured.empty?
      line = File.open(@path, "rb", &:gets).to_s
      line.match?(/\A#!\s*\S*env[ \t]+-S/n) ? switches.to_s.split : [*switches]
    end

    # nil with warnings, too: they are printed for each request, as a new process prints them. So it is with switches
    # that only a new process obeys.
    def compile
      return unless [nil, WARNS].include?(switches)
      own, $stderr = $stderr, (seen = Seen.new)
      verbose, $VERBOSE = $VERBOSE, switches == WARNS || $VERBOSE
      code = RubyVM::InstructionSequence.compile_file(@path)
      seen.text.empty? ? code : nil
    rescue SyntaxError, SystemCallError, ArgumentError, EncodingError
      nil
    ensure
      $stderr, $VERBOSE = own, verbose if own
    end
  end
end
