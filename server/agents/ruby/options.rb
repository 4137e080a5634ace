# The command line of the agent.
module CGIWorkbenchAgent
  DEFAULTS = {
    mode: "prefork", listen: "", workers: 1, children: 0, spare: 1, preload: "", recycle: 0, grow: 256,
    modules: "drop", globals: "fresh", detect: "", words: "pass", error500: false,
    switches: ""
  }.freeze
  CHOICES = {
    mode: %w[prefork persistent rack], modules: %w[drop keep], globals: %w[fresh keep], words: %w[pass ignore]
  }.freeze
  Options = Struct.new(*DEFAULTS.keys, :script, :adopted)

  module_function

  def usage_error(text)
    warn("#{text}\nUsage: cgi-workbench-agent.rb [--mode=prefork|persistent|rack] [--listen=ADDRESS] SCRIPT")
    exit(2)
  end

  def read_options(arguments)
    options = Options.new(*DEFAULTS.values)
    while arguments.first.to_s.start_with?("--")
      name, text = arguments.shift[2..-1].split("=", 2)
      key = name.to_s.to_sym
      usage_error("There is no option --#{name}.") unless DEFAULTS.key?(key)
      options[key] = value_of(key, text)
    end
    usage_error("Name one script.") unless arguments.size == 1
    options.script = File.expand_path(arguments.first)
    options.children = options.listen.empty? ? 1 : 16 if options.children.zero?
    options
  end

  def value_of(key, text)
    default = DEFAULTS[key]
    return true if default == false && text.nil?
    usage_error("--#{key} needs a value: --#{key}=...") if text.nil?
    usage_error("--#{key} takes no value.") if default == false
    if default.is_a?(Integer)
      usage_error("--#{key} needs a number, not \"#{text}\".") unless text.match?(/\A\d+\z/)
      return text.to_i
    end
    usage_error("--#{key} is one of #{CHOICES[key].join(", ")}.") unless CHOICES.fetch(key, [text]).include?(text)
    text
  end
end
