module CgiWorkbenchDebugger
  # Which lines stop the script. A breakpoint on a line without code moves to the next line with some. Other lines cost
  # nothing: each breakpoint is a trace point of its own in the compiled file.
  class Breakpoints
    Breakpoint = Struct.new(:condition, :message)

    def initialize(&at)
      @at = at
      @placed = {} # by path, by line
      @compiled = Hash.new { |all, path| all[path] = [] }
      @points = {} # by compiled part and line; none is disabled: Ruby aborts if another hook of its line does that
    end

    def compiled(iseq)
      path = iseq.absolute_path || iseq.path # evaluated text may be the one of a file: that of an application is
      return unless path.start_with?("/")

      @compiled[path] << iseq
      place(path, iseq)
    end

    def set(path, wanted)
      possible = lines_of(RubyVM::InstructionSequence.compile_file(path)).sort
      placed = {}
      answers = wanted.map do |asked, condition, message|
        line = possible.find { |one| one >= asked.to_i }
        placed[line] = Breakpoint.new(condition, message) if line
        { verified: !line.nil?, line: line || asked.to_i }
      end
      @placed[path] = placed
      @compiled[path].each { |iseq| place(path, iseq) }
      answers
    rescue SystemCallError, SyntaxError
      wanted.map { |asked,| { verified: false, line: asked.to_i } }
    end

    def found(path, line)
      @placed.dig(path, line)
    end

    def clear
      @placed = {}
    end

    private

    def place(path, iseq)
      lines = lines_of(iseq)
      (@placed[path] || {}).each_key do |line|
        next if !lines.include?(line) || @points.key?([iseq, line])

        point = TracePoint.new(:line, &@at)
        point.enable(target: iseq, target_line: line)
        @points[[iseq, line]] = point
      end
    end

    def lines_of(iseq, lines = [])
      iseq.trace_points.each { |line, event| lines << line if event == :line }
      iseq.each_child { |child| lines_of(child, lines) }
      lines.uniq
    end
  end
end
