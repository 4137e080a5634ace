# Restores what the script would have without a debugger, then waits for what the debugger asks for.
module CgiWorkbenchDebugger
  module_function

  def restore_environment
    { "RUBYOPT" => / ?-rcgi_workbench_debugger\z/, "RUBYLIB" => /:?[^:]*\z/ }.each do |name, added|
      own = ENV[name].to_s.sub(added, "")
      ENV[name] = own.empty? ? nil : own
    end
    $LOAD_PATH.delete(__dir__)
  end

  def debug(path)
    library = defined?(RbConfig) ? RbConfig::CONFIG.values_at("rubylibprefix", "sitedir", "vendordir") : $LOAD_PATH.dup
    library << File.dirname(__dir__) # the agents, which call applications
    library += Gem.path.map { |folder| "#{folder}/gems" } if defined?(Gem)
    commands = Commands.new(Connection.new(path), library)
    trap("URG") { commands.stops.wake }
    commands.event("process", { id: Process.pid })
    commands.stops.begin
    commands.converse([])
  rescue SystemCallError
    nil
  end
end

CgiWorkbenchDebugger.restore_environment
CgiWorkbenchDebugger.debug(ENV.delete("CGI_WORKBENCH_DEBUG").to_s) if defined?(RubyVM::InstructionSequence)
