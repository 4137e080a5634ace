# Finding what an application leaves behind (--detect): it stays loaded, and nothing is put back between requests.
module CGIWorkbenchAgent
  # Of the application itself: the variables around its blocks, and those of its objects, as far as its file or files
  # beside it define them. Each with how it is read.
  class ApplicationFacts
    MOST_OBJECTS = 200

    def initialize(application, own, facts)
      @own, @facts = own, facts
      @found, @seen = {}, {}.compare_by_identity
      @waiting = [application]
      see(@waiting.shift) until @waiting.empty? || @seen.size >= MOST_OBJECTS
    end

    # [kind, name] => how its value is read.
    def readers
      @found.transform_values { |read| -> { @facts.shown(read.call) } }
    end

    private

    def see(object)
      return if @seen.key?(object)
      @seen[object] = true
      object = object.receiver if Method === object
      Proc === object ? see_block(object) : see_object(object)
    end

    def see_block(block)
      return unless @own.call(block.source_location.to_a.first.to_s)
      place = block.binding
      place.local_variables.each { |name| add(["global", name.to_s], -> { place.local_variable_get(name) }) }
    end

    # Through middleware, whoever wrote it, to what it calls.
    def see_object(object)
      kind = Kernel.instance_method(:class).bind(object).call
      read = Kernel.instance_method(:instance_variable_get).bind(object)
      names = Kernel.instance_method(:instance_variables).bind(object).call
      is_own = own?(kind)
      names.each do |name|
        if is_own then add(["attribute", "#{kind}##{name}"], -> { read.call(name) })
        elsif name == :@app then @waiting << read.call(name)
        end
      end
    end

    def own?(kind)
      kind.instance_methods(false).any? { |name| @own.call(kind.instance_method(name).source_location.to_a.first.to_s) }
    end

    def add(key, read)
      @found[key] ||= read
      value = read.call
      @waiting << value if Proc === value || Method === value || own?(Kernel.instance_method(:class).bind(value).call)
    end
  end

  class ApplicationDetector < Detector
    PLAIN = [String, Numeric, Symbol, TrueClass, FalseClass, NilClass, UnboundMethod, Module].freeze

    def initialize(application, script, file, handles)
      script.refresh # for its text
      super(script, file, handles)
      @facts.fixed.merge!(ApplicationFacts.new(application, @own, @facts).readers)
      @is_first = true
    end

    def begin
      @before_all, @modules_before = @facts.take, ModuleFacts.new
      super
    end

    def finish
      @changed = []
      report
      @is_first = false
    end

    private

    # What the first request of a process opens, starts or fills may be meant to stay: it counts when it goes on.
    def differences(before, now)
      super.reject do |kind, name, _, is|
        @is_first && (ProcessFacts::OF_PROCESS.include?(kind) || variable?(kind, name) && filled?(is))
      end
    end

    def of_modules(found)
      super(found.reject { |_, _, _, fact| @is_first && fact && PLAIN.none? { |kind| kind === fact.value } })
    end

    # Or a value that the thread keeps by name. Other settings are those of every process.
    def variable?(kind, name)
      %w[global attribute].include?(kind) || kind == "setting" && !@facts.fixed.key?([kind, name])
    end

    # With a list, or another object.
    def filled?(text)
      text.to_s.match?(/\A(?:\d+ items?|[A-Z]\w*(?:::\w+)*)\z/)
    end
  end
end
