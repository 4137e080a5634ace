# The start: options, the listening socket, the libraries to preload; then a worker, or a master with its workers.
module CGIWorkbenchAgent
  module_function

  def start
    options = read_options(ARGV)
    listener = options.listen.empty? ? inherited_listener : open_listener(options.listen)
    Dir.chdir(File.dirname(options.script))
    ARGV.clear
    options.preload.split(",").each do |name|
      require name
    rescue LoadError => error
      warn("#{name} is not preloaded: #{error.message}")
    end
    supervise(options) unless options.listen.empty?
    Worker.new(listener, Script.new(options.script), options).serve.run
  end
end
CGIWorkbenchAgent.start
