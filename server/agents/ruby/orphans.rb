# Linux ends a process when its parent is gone, if the process asks for it. Elsewhere it has to look now and then.
module CGIWorkbenchAgent
  PR_SET_PDEATHSIG = 1
  PRCTL = begin
    require "fiddle"
    Fiddle::Function.new(Fiddle.dlopen(nil)["prctl"], [Fiddle::TYPE_INT] + [Fiddle::TYPE_LONG] * 4, Fiddle::TYPE_INT)
  rescue LoadError, StandardError
    nil
  end

  module_function

  # Call in the child, first thing.
  def end_with(parent, signal)
    PRCTL&.call(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    exit!(0) if Process.ppid != parent
  end
end
