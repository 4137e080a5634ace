module CgiWorkbenchDebugger
  # Answers the requests of the Debug Adapter Protocol.
  class Commands
    MODES = {
      "configurationDone" => "run", "continue" => "run", "next" => "over", "stepIn" => "in", "stepOut" => "out"
    }.freeze

    def initialize(connection, library)
      @connection = connection
      @stops = Stops.new(self, library)
      @origin = Origin.new(self)
      @references = []
    end

    attr_reader :stops

    def connected?
      @connection&.open?
    end

    def event(name, body)
      @connection&.send({ type: "event", event: name, body: body })
    end

    def leave(is_parent: true)
      @stops.end
      @origin.end
      @connection&.leave(is_parent: is_parent)
      @connection = nil
    end

    def log(text, point)
      output = "#{Values.cut(text)}\n"
      event("output", { category: "console", output: output, source: { path: point.path }, line: point.lineno })
    end

    # Until the script is to go on.
    def converse(frames, stop = nil)
      event("stopped", stop.merge(threadId: 1, allThreadsStopped: false)) if stop
      while @connection && (message = @connection.receive)
        break if MODES.key?(answer(message, frames))
      end
      return leave unless connected?

      @references = []
      @stops.wake unless @connection.input.empty? # what was asked in one breath
    end

    # How many bytes of the stream the server has got; nil: it says nothing any more.
    def count
      event("count", {})
      while @connection && (message = @connection.receive)
        answer(message, nil)
        next unless message["command"] == "count"

        @stops.wake unless @connection.nil? || @connection.input.empty?
        return message["arguments"]["bytes"]
      end
      leave
      nil
    end

    # What was asked while the script runs.
    def attend
      while @connection && (message = @connection.receive(waits: false))
        answer(message, nil)
      end
      leave unless connected?
    end

    private

    def answer(message, frames)
      command, arguments = message.values_at("command", "arguments")
      response = { type: "response", request_seq: message["seq"], command: command }
      begin
        body = Values::Discard.around { |out| body_of(command, arguments || {}, frames, out) }
        @connection.send(response.merge(success: true, body: body))
      rescue Exception => e # what a person evaluates may end a process
        raise if e.is_a?(SignalException)

        @connection.send(response.merge(success: false, message: Values.cut("#{e.class}: #{e.message}")))
      end
      leave if command == "disconnect"
      command
    end

    def body_of(command, arguments, frames, out)
      if MODES.key?(command)
        @origin.begin(arguments["stopAtByte"]) if arguments["stopAtByte"]
        arguments["stopOnEntry"] ? @stops.resume("in", "entry") : @stops.resume(MODES[command])
        return command == "continue" ? { allThreadsContinued: true } : {}
      end
      case command
      when "disconnect", "count" then {}
      when "pause"
        @stops.waits_to_pause = true
        {}
      when "threads" then { threads: [{ id: 1, name: "script" }] }
      when "setExceptionBreakpoints"
        @stops.watch_raises(arguments["filters"].include?("uncaught"))
        {}
      when "setBreakpoints"
        { breakpoints: @stops.breakpoints.set(arguments["source"]["path"], arguments["breakpoints"] || []) }
      else
        raise ArgumentError, "the script runs" unless frames

        looked_at(command, arguments, frames, out)
      end
    end

    def looked_at(command, arguments, frames, out)
      case command
      when "stackTrace" then stack(arguments, frames)
      when "scopes"
        reference = refer([:names, frame(arguments, frames)])
        { scopes: [{ name: "Locals", expensive: false, variablesReference: reference }] }
      when "variables" then { variables: variables(@references[arguments["variablesReference"] - 1]) }
      when "evaluate"
        binding = frame(arguments, frames).binding or raise ArgumentError, "Ruby evaluates in the frame on top alone"
        calls = arguments["context"] == "hover" && arguments["expression"].include?(".")
        raise ArgumentError, "a call is not evaluated while one points at it" if calls

        value = binding.eval(arguments["expression"])
        described = variable("", value)
        text = out.text.empty? || !value.nil? ? described[:value] : ""
        described.merge(result: Values.cut(out.text) + text)
      else raise ArgumentError, "not supported"
      end
    end

    def stack(arguments, frames)
      start, levels = arguments["startFrame"] || 0, arguments["levels"].to_i
      levels = Values::MAX_CHILDREN unless levels.positive?
      listed = frames.each_with_index.to_a[start, levels].to_a.map do |frame, at|
        described = { id: at + 1, name: frame.name, line: frame.line, column: 1 }
        described[:source] = { name: File.basename(frame.path), path: frame.path }
        described[:presentationHint] = "subtle" if @stops.library?(frame.path)
        described
      end
      { stackFrames: listed, totalFrames: frames.size }
    end

    def frame(arguments, frames)
      frames[[0, (arguments["frameId"] || 1) - 1].max]
    end

    def variables((kind, of))
      if kind == :names
        binding = of.binding or return []
        names = binding.local_variables.map { |name| [name.to_s, binding.local_variable_get(name)] }
        return [["self", binding.receiver], *names].map { |name, value| variable(name, value) }
      end
      found, count = Values.children(of)
      listed = found.map { |name, value| variable(name, value) }
      listed << { name: "…", value: "#{count - found.size} more", variablesReference: 0 } if count > found.size
      listed
    end

    def variable(name, value)
      reference = Values.children?(value) ? refer([:value, value]) : 0
      type = Kernel.instance_method(:class).bind(value).call.to_s
      { name: name, value: Values.shown(value), type: type, variablesReference: reference }
    rescue TypeError # a BasicObject
      { name: name, value: "#<BasicObject>", type: "BasicObject", variablesReference: 0 }
    end

    def refer(what)
      @references.push(what).size
    end
  end
end
