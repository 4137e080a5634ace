# Finding what a script leaves behind: the modules that stay, with their constants, variables and methods, and with
# what their lists and texts contain. A name is "Mod::CONSTANT", "Mod.@variable", "Mod.@@variable", "Mod#method" or
# "Mod.method".
module CGIWorkbenchAgent
  class ModuleFacts
    UNEXAMINED = /\A(?:CGIWorkbenchAgent|RubyVM|Gem|DidYouMean|ErrorHighlight|Bundler|TracePoint|ObjectSpace)(?:::|\z)/
    # New in each run, or another way to a fact of the process.
    OF_RUBY = %w[DATA ARGV ARGF ENV TOPLEVEL_BINDING SCRIPT_LINES__ STDIN STDOUT STDERR].freeze
    LARGEST_COPY = 1000 # items
    # As Module and Kernel have them: a class may have its own.
    OWN = %i[name constants const_get autoload? class_variables class_variable_get instance_methods instance_method
             private_instance_methods const_source_location].to_h { |name| [name, Module.instance_method(name)] }
    OF_OBJECT = %i[instance_variables instance_variable_get singleton_methods method].to_h do |name|
      [name, Kernel.instance_method(name)]
    end

    Fact = Struct.new(:owner, :value, :copy)

    attr_reader :facts, :owners

    def initialize
      @facts, @owners = {}, {}.compare_by_identity
      verbose, $VERBOSE = $VERBOSE, nil
      add_module(Object, "Object")
    ensure
      $VERBOSE = verbose
    end

    # [kind, name, before, after, place] of what is another now: a Fact, or nil if there is none. `own`: whether a file
    # is the script's. What a library defines when it is loaded is no difference.
    def differences(before, own)
      found = []
      @facts.each do |name, fact|
        was = before.facts[name]
        next if was.nil? && !before.owners.key?(fact.owner)
        place = place_of(fact, name)
        if was.nil? || !same?(was.value, fact.value)
          next if place && !own.call(place.first) || was.nil? && fact.value.is_a?(Module) && place.nil?
          found << ["attribute", name, was, fact, place]
        elsif was.copy && !same_content?(was.copy, copy(fact.value))
          found << [size(fact.value) > was.copy.size ? "growth" : "content", name, was, fact, nil]
        end
      end
      before.facts.each do |name, was|
        found << ["attribute", name, was, nil, nil] if !@facts.key?(name) && @owners.key?(was.owner)
      end
      found
    end

    # What a name leads to now, cheaply compared; nil if it leads nowhere.
    def self.state_of(name)
      owner, mark, member = name.rpartition(/#|\.|::/)
      owner = owner.empty? ? Object : Object.const_get(owner)
      return owner.instance_method(member).source_location || member if mark == "#"
      value = if member.start_with?("@@") then owner.class_variable_get(member)
              elsif member.start_with?("@") then owner.instance_variable_get(member)
              elsif mark == "." then return owner.method(member).source_location || member
              else owner.const_get(member, false)
              end
      items = value.is_a?(Array) || value.is_a?(Hash) ? value.to_a.flatten(1).first(64).map(&:__id__) : nil
      value.is_a?(String) ? value.dup : [value.__id__, items]
    rescue NameError
      nil
    end

    private

    def of(mod, what, *arguments)
      (OWN[what] || OF_OBJECT[what]).bind(mod).call(*arguments)
    end

    def add(name, owner, value)
      @facts[name] = Fact.new(owner, value, copy(value))
    end

    def add_module(mod, name)
      @owners[mod] = name
      of(mod, :class_variables, false).each { |one| add("#{name}.#{one}", mod, of(mod, :class_variable_get, one)) }
      of(mod, :instance_variables).each { |one| add("#{name}.#{one}", mod, of(mod, :instance_variable_get, one)) }
      add_methods(mod, name)
      within = mod.equal?(Object) ? "" : "#{name}::"
      of(mod, :constants, false).each { |one| add_constant(mod, one, "#{within}#{one}") }
    end

    def add_methods(mod, name)
      (of(mod, :instance_methods, false) + of(mod, :private_instance_methods, false)).each do |one|
        add("#{name}##{one}", mod, of(mod, :instance_method, one))
      end
      of(mod, :singleton_methods, false).each { |one| add("#{name}.#{one}", mod, of(mod, :method, one).unbind) }
    rescue NameError
      nil # a method that was just undefined
    end

    def add_constant(mod, constant, name)
      return if OF_RUBY.include?(name) || UNEXAMINED.match?(name) || of(mod, :autoload?, constant, false)
      value = of(mod, :const_get, constant, false)
      add(name, mod, value)
      add_module(value, name) if Module === value && !@owners.key?(value)
    rescue NameError
      nil # deprecated, and removed
    end

    def copy(value)
      case value
      when String then value.length <= LARGEST_COPY ? value.dup : nil
      when Array then value.size <= LARGEST_COPY ? value.dup : nil
      when Hash then value.size <= LARGEST_COPY ? value.to_a : nil
      end
    end

    def size(value)
      value.respond_to?(:size) ? value.size : 0
    end

    # UnboundMethod by its definition; other values by identity, since equality would run code of theirs.
    def same?(was, now)
      return true if was.equal?(now)
      [UnboundMethod, String, Integer, Float].any? { |kind| kind === was && kind === now && was == now }
    end

    def same_content?(was, now)
      return was == now if String === was
      was.size == now.size && was.zip(now).all? do |one, other|
        Array === one && Array === other ? one.zip(other).all? { |a, b| a.equal?(b) } : one.equal?(other)
      end
    end

    # File and line of a definition; nil: a variable, or built in.
    def place_of(fact, name)
      return fact.value.source_location if fact.value.is_a?(UnboundMethod)
      constant = name.rpartition("::").last
      place = constant.match?(/\A[A-Z]\w*\z/) && of(fact.owner, :const_source_location, constant, false)
      place && place.first ? place : nil # []: built in; [false, 0]: an autoload that did not define it
    end
  end
end
