module CgiWorkbenchDebugger
  # Finds the line that writes one byte of stdout or stderr: counts what is printed, before a buffer takes it. Ruby
  # itself empties its buffers before it starts a child process.
  class Origin
    STARTS = %i[system spawn ` fork popen exec].freeze
    ENDS = %i[system ` wait wait2 waitpid waitpid2 waitall detach close].freeze
    PRINTS = %w[write puts print printf putc p pp << syswrite write_nonblock display warn].freeze

    def initialize(commands)
      @commands = commands
    end

    def begin(stream, offset, expected)
      @stream = stream == "stderr" ? STDERR : STDOUT
      @offset, @expected = offset.to_i, [expected].pack("H*")
      @arrived = @printed = 0 # bytes that have left the process, and those that were printed since that was known
      @bindings = {}
      origin = self
      %i[write syswrite write_nonblock].each do |name|
        @stream.define_singleton_method(name) do |*parts, **options|
          origin.goes(parts = parts.map { |part| part.is_a?(String) ? part : part.to_s })
          options.empty? ? super(*parts) : super(*parts, **options)
        end
      end
      warns if @stream == STDERR
      @lines = TracePoint.new(:line) { |point| @bindings[[point.path, point.lineno]] = point.binding }
      @starts = TracePoint.new(:c_call) { |point| starts(point.method_id) if STARTS.include?(point.method_id) }
      @ends = TracePoint.new(:c_return) { |point| child_ends if @child && ENDS.include?(point.method_id) }
      [@lines, @starts, @ends].each(&:enable)
      at_exit { ask }
    end

    def end
      @offset = @child = nil
      [@lines, @starts, @ends].each { |point| point&.disable }
    end

    # The script prints this now.
    def goes(parts)
      return unless here?

      parts.each do |part|
        bytes = encoded(part)
        at = @offset - @arrived - @printed
        if at >= 0 && at < bytes.bytesize && alike?(bytes.byteslice(at, @expected.bytesize))
          self.end
          return @commands.stops.stop_for_byte(places, "printed", @bindings)
        end
        @printed += bytes.bytesize
      end
    end

    private

    # Warnings are written in C.
    def warns
      origin = self
      Warning.define_singleton_method(:warn) do |text, **options|
        origin.goes([text])
        options.empty? ? super(text) : super(text, **options)
      end
    end

    def here?
      !@offset.nil? && @commands.stops.here?
    end

    def encoded(part)
      to = @stream.external_encoding
      return part if to.nil? || part.encoding == to || part.encoding == Encoding::BINARY || part.ascii_only?

      part.encode(to)
    rescue EncodingError
      part # the stream itself says so
    end

    # At least half of the bytes are the same: a time or a number may be another one.
    def alike?(bytes)
      pairs = bytes.bytes.zip(@expected.bytes).reject { |_, expected| expected.nil? }
      2 * pairs.count { |one, expected| one == expected } >= pairs.size
    end

    def starts(name)
      return unless here?

      @child = places
      @arrived, @printed = @arrived + @printed, 0
      return unless name == :exec

      found = @child
      self.end
      @commands.stops.stop_for_byte(found, "child", @bindings) # whatever comes now, the other program writes
    end

    def child_ends
      ask
      @child = nil
    end

    # Others write, too: the server knows how many bytes it has got.
    def ask
      return unless here?

      count = @commands.count or return
      @arrived, @printed = count, 0 if @printed.zero? || @stream.sync
      return unless count > @offset

      found, child = @child || places, @child
      self.end
      @commands.stops.stop_for_byte(found, child ? "child" : "passed", @bindings)
    end

    # The script's places, without those of Ruby that have printed.
    def places
      found = @commands.stops.places
      found.shift while found.size > 1 && hidden?(found[0], found[1])
      found.shift while found.size > 1 && @commands.stops.library?(found[0].path)
      found
    end

    def hidden?(place, below)
      names = PRINTS + (STARTS + ENDS).map(&:to_s)
      names.include?(place.base_label) && place.path == below.path && place.lineno == below.lineno
    end
  end
end
