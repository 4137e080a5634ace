# Finding what a script leaves behind: the line that changed it. Known facts are compared after each line of the script,
# and where a library begins to run, which tells its own doing from the script's.
module CGIWorkbenchAgent
  class LineWatch
    MOST_COMPARISONS = 1_000_000 # of single facts; then the script runs on unwatched
    MOST_WATCHED = 200
    ATTRIBUTES = %w[attribute growth content].freeze

    # `keys`: [kind, name] of the facts.
    def initialize(keys, facts, own)
      @facts, @own = facts, own
      @left = MOST_COMPARISONS
      @changed_by = {}
      @keys = keys.first(MOST_WATCHED)
    end

    # [file, line, "script" or "library"], or nil.
    def place_of(kind, name)
      @changed_by[watched(kind, name)]
    end

    def start
      @readers ||= @keys.map { |kind, name| [watched(kind, name), reader(kind, name)] }.to_h.compact
      return if @readers.empty?
      @values = @readers.transform_values(&:call)
      @place, @by = nil, "script"
      script = Thread.current
      @trace = TracePoint.new(:line) { |point| see(point.path, point.lineno) if Thread.current.equal?(script) }
      @trace.enable
    end

    def stop
      return unless @trace
      @trace.disable
      @trace = nil
      compare
    end

    private

    def watched(kind, name)
      return ["attribute", name] if ATTRIBUTES.include?(kind)
      ProcessFacts::OF_PROCESS.include?(kind) ? [kind, ""] : [kind, name]
    end

    def reader(kind, name)
      return @facts.fixed[[kind, name]] if @facts.fixed.key?([kind, name])
      case kind
      when "environment" then -> { ENV[name] }
      when "setting" then -> { @facts.shown(ThreadValues.named.to_h[name]) }
      when "file" then -> { @facts.open_files }
      when "child" then -> { @facts.living_children }
      when "thread" then -> { Thread.list.size }
      when "global" then name.match?(/\A\$\w+\z/) ? -> { eval(name).__id__ } : nil
      when *ATTRIBUTES then -> { ModuleFacts.state_of(name) }
      end
    end

    def see(path, line)
      if @own.call(path)
        compare
        @place, @by = [path, line], "script"
      elsif @by == "script"
        compare
        @by = "library"
      end
    end

    def compare
      @left -= @readers.size
      return @trace&.disable if @left.negative?
      @readers.each do |key, read|
        value = read.call
        next if value == @values[key]
        @values[key] = value
        @changed_by[key] = [*@place, @by] if @place
      end
    end
  end
end
