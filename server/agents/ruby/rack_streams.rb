# Rack, the streams: the request body, which can be read again; $stdout, $stderr and rack.errors, which become records
# of the request that runs; and the stream of a body that responds to `call`.
module CGIWorkbenchAgent
  # Of a StringIO or a file: how far it was read, although it was rewound.
  module Position
    def rewind
      @most = most
      super
    end

    def seek(*)
      @most = most
      super
    end

    def close
      @most = most
      super
    end

    def most
      closed? ? @most : [@most || 0, pos].max
    end
  end

  class Body
    IN_MEMORY = 1 << 20

    def initialize
      @io = StringIO.new("".b)
    end

    def <<(data)
      spill if @io.is_a?(StringIO) && @io.size + data.bytesize > IN_MEMORY
      @io.write(data)
    end

    def input
      @io.flush
      @io.rewind
      @io.extend(Position)
    end

    private

    def spill
      file = Tempfile.create("body", binmode: true)
      File.unlink(file.path)
      file.write(@io.string)
      @io = file
    end
  end

  # Programs that the application starts write to the descriptor itself.
  class Errors
    def initialize(descriptor, &write)
      @descriptor, @write = descriptor, write
    end

    def write(*parts)
      data = parts.map { |part| part.to_s.b }.join
      @write.call(data) unless data.empty?
      data.bytesize
    end

    def puts(*lines)
      text = StringIO.new
      text.puts(*lines)
      write(text.string)
      nil
    end

    def print(*parts)
      write(*parts)
      nil
    end

    def printf(form, *values)
      write(format(form, *values))
      nil
    end

    def <<(part)
      write(part)
      self
    end

    def fileno
      @descriptor
    end

    def sync
      true
    end

    # The next request writes there, too.
    def nothing(*)
      self
    end
    %i[flush fsync close sync= binmode set_encoding reopen].each { |name| alias_method name, :nothing }

    def tty?
      false
    end
    alias isatty tty?
    alias closed? tty?
    alias syswrite write
  end

  class Stream
    def initialize(input, &send)
      @input, @send = input, send
      @closed = false
    end

    def read(*arguments)
      @input.read(*arguments)
    end

    def write(*parts)
      raise IOError, "the stream is closed" if @closed
      data = parts.map { |part| part.to_s.b }.join
      @send.call(data)
      data.bytesize
    end

    def <<(data)
      write(data)
      self
    end

    def flush
      self
    end

    def close(*)
      @closed = true
      nil
    end
    alias close_write close

    def close_read; end

    def closed?
      @closed
    end
  end
end
