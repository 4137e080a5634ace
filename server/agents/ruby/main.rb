# The start: options, the listening socket, the libraries to preload; then a worker, or a master with its workers.
module CGIWorkbenchAgent
  ARGUMENTS = ARGV.dup.freeze
  VARIABLE = "CGI_WORKBENCH_AGENT"

  module_function

  def start
    successor = ENV.delete(VARIABLE) # of a process whose application has changed
    options = read_options(ARGV)
    options.adopted = successor.to_s.scan(/\d+/).map(&:to_i)
    is_inherited = options.listen.empty? || !successor.nil?
    listener = is_inherited ? inherited_listener : open_listener(options.listen)
    Dir.chdir(File.dirname(options.script))
    ARGV.clear
    options.preload.split(",").each do |name|
      require name
    rescue LoadError => error
      warn("cgi-workbench-agent: #{name} is not preloaded: #{error.message.lines.first.chomp}")
    end
    supervise(options) unless is_inherited
    script = Script.new(options.script, options.switches)
    return RackWorker.new(listener, script, options).serve if options.mode == "rack"
    Worker.new(listener, script, options).serve.run
  end
end
CGIWorkbenchAgent.start
