# A request as its records bring it, and the process that serves it.
module CGIWorkbenchAgent
  PIPE_BYTES = 1 << 16 # whether CGI's script reads that, nobody sees

  class Request
    attr_reader :id, :connection, :params, :body
    attr_accessor :keep, :known, :whole, :run, :has_stdout, :has_stderr, :input, :is_queued,
                  :taken

    def initialize(id, keep, connection)
      @id, @keep, @connection = id, keep, connection
      @params, @body = "".b, "".b
      @taken = 0 # bytes of the body that the script has read, or could have
    end

    # How much of a body the script left that was too large for a pipe; else 0.
    def unread
      at = @params =~ /\x0e.CONTENT_LENGTH/mn or return 0
      left = @params.byteslice(at + 16, @params.getbyte(at + 1)).to_i - @taken
      left > PIPE_BYTES ? left : 0
    end
  end
end
