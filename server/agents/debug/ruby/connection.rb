require "socket.so"

module CgiWorkbenchDebugger
  # Commands and answers on a UNIX socket, one a line.
  class Connection
    # The script's own descriptors keep the numbers that they have without a debugger.
    FIRST_DESCRIPTOR = 200
    DUPLICATE = RUBY_PLATFORM.include?("linux") ? 1030 : 67 # F_DUPFD_CLOEXEC

    attr_reader :input

    def initialize(path)
      low = UNIXSocket.new(path)
      @socket = UNIXSocket.for_fd(low.fcntl(DUPLICATE, FIRST_DESCRIPTOR))
      @socket.autoclose = false
      low.close
      @identity = identify
      @input = String.new
    end

    def identify
      status = @socket.stat
      [status.dev, status.ino]
    end

    # A script that closes all descriptors may have opened a file of its own with this number.
    def open?
      !@socket.nil? && identify == @identity
    rescue SystemCallError, IOError
      false
    end

    def send(message)
      return unless open?

      text = "#{Json.encode(message)}\n".b
      text = text.byteslice(@socket.syswrite(text)..-1) until text.empty?
    rescue SystemCallError
      leave
    end

    # The words of the next command; nil: there is none yet, or never again.
    def receive(waits: true)
      loop do
        message = taken
        return message if message
        return nil unless open?

        read = waits ? @socket.readpartial(65_536) : @socket.read_nonblock(65_536, exception: false)
        return nil if read == :wait_readable
        return leave if read.nil?

        @input << read
      end
    rescue SystemCallError, IOError
      leave
    end

    # Two hexadecimal digits follow each %.
    def taken
      line = @input.slice!(/\A.*\n/n) or return
      line.chomp.split(/ /, -1).map do |word|
        word.gsub(/%(..)/n) { $1.hex.chr }.force_encoding(Encoding::UTF_8)
      end
    end

    # A forked child leaves what its parent still needs.
    def leave(is_parent: true)
      @socket.shutdown if is_parent && open?
      @socket = nil
    rescue SystemCallError
      @socket = nil
    end
  end
end
