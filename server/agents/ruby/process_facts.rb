# Finding what a script leaves behind (--detect): the state of the process as facts, [kind, name] => value that can be
# compared and printed.
module CGIWorkbenchAgent
  class ProcessFacts
    # Whose name begins with a number that only this process knows.
    OF_PROCESS = %w[file thread child].freeze
    SPECIAL_GLOBALS = %i[$/ $, $; $\\ $VERBOSE $DEBUG $stdin $stdout $stderr].freeze
    SIGNALS = %w[HUP INT QUIT USR1 USR2 PIPE ALRM TERM CHLD CONT TSTP TTIN TTOU URG WINCH IO].freeze
    # Those that end with the timer thread of Ruby, or that a library keeps: they lead to no file.
    NO_FILE = %r{\A(?:anon_inode|pipe|socket|/proc/\d+/fd\z|/dev/(?:u?random|null)\z)}

    attr_reader :fixed

    # `handles`: whether a handle is the agent's own.
    def initialize(script, handles)
      @script, @handles = script, handles
      @fixed = readers
    end

    def take
      facts = @fixed.transform_values(&:call)
      ENV.each_pair { |name, value| facts[["environment", name]] = value }
      ThreadValues.named.each { |name, value| facts[["setting", name]] = shown(value) }
      own_globals.each { |name| facts[["global", name.to_s]] = shown(eval(name.to_s)) }
      open_files.each { |number, path| facts[["file", "#{number}\0#{path}"]] = path }
      Thread.list.each { |one| facts[["thread", "#{one.__id__}\0#{one.name}"]] = one unless one == Thread.current }
      living_children.each { |pid, name| facts[["child", "#{pid}\0#{name}"]] = name }
      facts
    end

    def open_files
      owned = []
      ObjectSpace.each_object(IO) { |io| owned << io.fileno unless io.closed? || @handles.call(io) }
      Dir.children("/proc/self/fd").map(&:to_i).sort.each_with_object({}) do |number, found|
        path = File.readlink("/proc/self/fd/#{number}")
        next if number < 3 || path == @script || path.match?(NO_FILE) && !owned.include?(number)
        found[number] = path.sub(/:\[.*/, "")
      rescue SystemCallError
        next # that of the listing itself
      end
    rescue SystemCallError
      {}
    end

    # Without those that have ended.
    def living_children
      File.read("/proc/self/task/#{Process.pid}/children").split.each_with_object({}) do |pid, found|
        name, state = File.read("/proc/#{pid}/stat").match(/\((.*)\) (\S)/m)&.captures
        found[pid] = name if name && state != "Z"
      end
    rescue SystemCallError
      {}
    end

    # A value as text; never by code of the script's.
    def shown(value)
      case value
      when String then value.length > 200 ? value[0, 200] : value
      when nil, true, false, Numeric, Symbol, Encoding then value.inspect[0, 200]
      when Array, Hash then value.size == 1 ? "1 item" : "#{value.size} items"
      when IO then { 0 => "STDIN", 1 => "STDOUT", 2 => "STDERR" }[value.closed? ? nil : value.fileno] || "a file"
      when Module then Module.instance_method(:name).bind(value).call.to_s
      else Kernel.instance_method(:class).bind(value).call.to_s
      end
    end

    private

    # What every process has, each with how it is read.
    def readers
      facts = {
        ["directory", ""] => -> { File.readlink("/proc/self/cwd") },
        ["umask", ""] => -> { format("%03o", File.umask) },
        ["priority", ""] => -> { Process.getpriority(Process::PRIO_PROCESS, 0).to_s },
        ["user", ""] => -> { "#{Process.euid}:#{Process.egid}" },
        ["time-zone", ""] => -> { Time.at(0).zone.to_s },
        ["search-path", "$LOAD_PATH"] => -> { ($LOAD_PATH - CGIWorkbenchAgent.gem_paths).map { |one| shown(one) } },
        ["blocked-signals", ""] => -> { File.read("/proc/self/status")[/^SigBlk:\s*(\h+)/, 1].to_s }
      }
      settings.each { |name, read| facts[["setting", name]] = -> { shown(read.call) } }
      SIGNALS.each { |name| facts[["signal", name]] = -> { handler(name) } }
      Process.constants.grep(/\ARLIMIT_/).each do |name|
        facts[["limit", name.to_s]] = -> { Process.getrlimit(Process.const_get(name)).join(", ") }
      end
      facts
    end

    def settings
      of_globals = SPECIAL_GLOBALS.map { |name| [name.to_s, -> { eval(name.to_s) }] }.to_h
      of_globals.merge(
        "Encoding.default_external" => -> { Encoding.default_external },
        "Encoding.default_internal" => -> { Encoding.default_internal },
        "GC.disable" => -> { GC.disable.tap { |was| GC.enable unless was } },
        "GC.stress" => -> { GC.stress },
        "Thread.abort_on_exception" => -> { Thread.abort_on_exception },
        "Thread.report_on_exception" => -> { Thread.report_on_exception },
        "Warning[:deprecated]" => -> { Warning[:deprecated] },
        "Warning[:experimental]" => -> { Warning[:experimental] }
      )
    end

    # Ruby says which handler it was when it sets another.
    def handler(name)
      was = trap(name, "DEFAULT")
      trap(name, was)
      was.is_a?(String) ? was.sub("SYSTEM_", "") : was.nil? ? "IGNORE" : "a block"
    rescue ArgumentError, SystemCallError
      "" # reserved
    end

    def own_globals
      global_variables - Repeat::FIXED_GLOBALS - SPECIAL_GLOBALS - %i[$-0 $-F $-W $-d $-v $-w $> $KCODE $-K $=]
    end
  end
end
