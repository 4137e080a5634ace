module CgiWorkbenchDebugger
  # Stops the script at breakpoints, in steps, and where an uncaught exception was raised.
  class Stops
    Frame = Struct.new(:path, :line, :name, :base, :binding)

    attr_reader :breakpoints
    attr_accessor :waits_to_pause

    def initialize(commands, library)
      @commands = commands
      @library = library
      @pid = Process.pid
      @lock = Mutex.new
      @mode = "run"
      @breakpoints = Breakpoints.new { |point| at_breakpoint(point) }
      @lines = TracePoint.new(:line) { |point| at_line(point) }
      @files = TracePoint.new(:script_compiled) { |point| compiled(point.instruction_sequence) }
      @raises = TracePoint.new(:raise) { |point| raised(point) }
    end

    def begin
      @files.enable
    end

    def watch_raises(watches)
      @stops_uncaught = watches
      watches ? enable(@raises) : @raises.disable
    end

    # The script runs on alone.
    def end
      [@lines, @files, @raises].each(&:disable)
      @breakpoints.clear
      @raised = nil
    end

    # What was asked while the script runs is answered at the next line: a signal's handler may not lock.
    def wake
      @is_woken = true
      enable(@lines)
    end

    def resume(mode)
      @mode = mode
      @thread, @limit = Thread.current, depth - @above.to_i
      @above = 0
      follow_lines
    end

    def library?(path)
      path.start_with?("<internal:") || path == __FILE__ || @library.any? { |folder| path.start_with?("#{folder}/") }
    end

    # The binding of a place is that of its line when it ran last.
    def stop_for_byte(places, how, bindings)
      found = frames_of(places, bindings[[places.first&.path, places.first&.lineno]])
      @above = [0, caller_locations(1).count { |frame| frame.path != __FILE__ } - found.size].max
      converse(found, { reason: "byte", how: how }) unless found.empty?
    end

    # The script's own places. At the end of a fiber are some without a path, which are written in C.
    def places
      caller_locations(1).reject do |place|
        place.path.nil? || place.path == __FILE__ || place.path.start_with?("<internal:")
      end
    end

    # A child that stops would wait for nobody.
    def here?
      return false if @is_ending
      return true if Process.pid == @pid && @commands.connected?

      @commands.leave(is_parent: Process.pid == @pid)
      false
    end

    private

    # The first file is the script's: ours is listed only when it has been read.
    def compiled(iseq)
      $LOADED_FEATURES.delete(__FILE__)
      @breakpoints.compiled(iseq)
    end

    def follow_lines
      @lines.disable if @mode == "run" && !@waits_to_pause
      enable(@lines) if @mode != "run" || @is_woken || @waits_to_pause
    end

    # Ruby calls what is enabled twice twice.
    def enable(point)
      point.enable unless point.enabled?
    end

    def at_line(point)
      return unless here?

      if @is_woken
        @is_woken = false
        @commands.attend
        follow_lines
      end
      return if library?(point.path)

      reason = breakpoint_at(point)
      reason ||= "pause" if @waits_to_pause
      reason ||= "step" if step?
      stop(point, reason) if reason
    end

    def at_breakpoint(point)
      return unless here?
      handled, @handled = @handled, nil
      return if handled == [Thread.current, point.path, point.lineno]

      stop(point, "breakpoint") if breakpoint_at(point)
      @handled = nil
    end

    # The trace point of the breakpoint itself comes after the one of all lines.
    def breakpoint_at(point)
      found = @breakpoints.found(File.realpath(point.path), point.lineno) or return
      @handled = [Thread.current, point.path, point.lineno]
      return unless found.condition.empty? || Evaluation.holds?(found.condition, point.binding)
      return "breakpoint" if found.message.empty?

      @commands.log(Evaluation.filled(found.message, point.binding), point)
      nil
    rescue SystemCallError
      nil # an eval's file
    end

    def step?
      return false if @mode == "run" || Thread.current != @thread

      # The stack has two frames of the debugger's here: it is asked for what lies below those that may be there.
      @mode == "in" || caller_locations(3 + (@mode == "over" ? @limit : @limit - 1), 1).to_a.empty?
    end

    # Counts the script's frames.
    def depth
      caller_locations(1).count { |frame| frame.path != __FILE__ }
    end

    def stop(point, reason)
      @waits_to_pause = false
      converse(frames_of(places, point.binding), { reason: reason })
    end

    def converse(found, stop)
      @lock.synchronize { @commands.converse(found, stop) }
    rescue ThreadError
      nil # within a handler of a signal Ruby gives no lock: the line is passed
    end

    def frames_of(places, binding)
      places.each_with_index.map do |place, at|
        path = place.absolute_path || place.path
        Frame.new(path, place.lineno, place.label, place.base_label, at.zero? ? binding : nil)
      end
    end

    # Whether somebody rescues it is not known before the script ends. The block that is registered last runs first.
    def raised(point)
      return unless here?

      method = (point.binding.eval("__method__") || "<main>").to_s
      found = frames_of(places, point.binding)
      found.shift while found.size > 1 && found.first.base != method # what is written in C
      found.first&.binding = point.binding
      @raised = [point.raised_exception, found]
      at_exit { ends } unless @waits_for_end
      @waits_for_end = true
    end

    def ends
      exception, found = @raised
      return if !here? || !@stops_uncaught || exception.nil? || !exception.equal?($!)
      return if exception.is_a?(SystemExit) || exception.is_a?(SignalException)

      description = exception.class.to_s
      @is_ending = true
      text = Values.cut("#{description}: #{exception.message}")
      @commands.converse(found, { reason: "exception", description: description, text: text })
      @is_ending = false
    end
  end

  # Expressions of a person in the frame on top.
  module Evaluation
    module_function

    # A condition that cannot be evaluated stops, so that the person sees it.
    def holds?(condition, binding)
      Values::Discard.around { binding.eval(condition) }
    rescue Exception
      true
    end

    # A log point's text: each second part is an expression.
    def filled(message, binding)
      message.split("\0", -1).each_slice(2).map { |text, expression| text + value(expression, binding) }.join
    end

    def value(expression, binding)
      return "" unless expression

      value = Values::Discard.around { binding.eval(expression) }
      value.is_a?(String) ? Values.cut(Json.utf8(value)) : Values.shown(value)
    rescue Exception => e
      "{#{expression}: #{e.class}}"
    end
  end
end
