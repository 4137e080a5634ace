module CgiWorkbenchDebugger
  # Answers what the workbench asks.
  class Commands
    MODES = {
      "begin" => "run", "continue" => "run", "next" => "over", "stepIn" => "in", "stepOut" => "out"
    }.freeze
    MAX_FRAMES = 1000

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
      @connection&.send({ method: name, params: body })
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
      event("stopped", stop) if stop
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
        next unless message[1] == "count"

        @stops.wake unless @connection.nil? || @connection.input.empty?
        return message[2].to_i
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
      id, command, *words = message
      begin
        result = Values::Discard.around { |out| result_of(command, words, frames, out) }
        @connection.send({ id: id.to_i, result: result })
      rescue Exception => e # what a person evaluates may end a process
        raise if e.is_a?(SignalException)

        @connection.send({ id: id.to_i, error: { message: Values.cut("#{e.class}: #{e.message}") } })
      end
      leave if command == "leave"
      command
    end

    def result_of(command, words, frames, out)
      case command
      when "begin" then start(*words)
      when *MODES.keys then @stops.resume(MODES[command])
      when "pause" then @stops.waits_to_pause = true
      when "stopUncaught" then @stops.watch_raises(words[0] == "yes")
      when "place"
        path, *wanted = words
        return { breakpoints: @stops.breakpoints.set(path, wanted.each_slice(3)) }
      when "stack" then return { frames: frames.first(MAX_FRAMES).map { |frame| described(frame) } }
      when "scopes"
        reference = refer([:names, frames[words[0].to_i]])
        return { scopes: [{ name: "Locals", expensive: false, variablesReference: reference }] }
      when "variables" then return variables(@references[words[0].to_i - 1])
      when "evaluate" then return evaluate(frames, *words, out)
      end
      {}
    end

    def start(entry, *byte)
      @origin.begin(*byte) unless byte.empty?
      @stops.resume(entry.empty? ? "run" : "in")
    end

    def described(frame)
      { name: frame.name, path: frame.path, line: frame.line, isLibrary: @stops.library?(frame.path) }
    end

    def evaluate(frames, at, context, expression, out)
      binding = frames[at.to_i].binding or raise ArgumentError, "Ruby evaluates in the frame on top alone"
      calls = context == "hover" && expression.include?(".")
      raise ArgumentError, "a call is not evaluated while one points at it" if calls

      value = binding.eval(expression)
      found = variable("", value)
      text = out.text.empty? || !value.nil? ? found[:value] : ""
      found.merge(value: Values.cut(out.text) + text)
    end

    def variables((kind, of))
      found, count = kind == :names ? names_of(of.binding) : Values.children(of)
      { variables: found.map { |name, value| variable(name, value) }, count: count }
    end

    def names_of(binding)
      return [[], 0] unless binding

      names = binding.local_variables.map { |name| [name.to_s, binding.local_variable_get(name)] }
      [[["self", binding.receiver], *names], names.size + 1]
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
