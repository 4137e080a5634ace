# Mode "persistent": whether a run was put back, global variables, files that the script leaves open, and the streams
# between two requests.
module CGIWorkbenchAgent
  class Repeat
    private

    # False: the script has broken what this needs. Ruby does not close descriptors 0 to 2: a standard stream that was
    # closed gets another one, and the request's pipe would stay open.
    def put_back?
      put_back
      !CoreWatch.is_broken && [STDIN, STDOUT, STDERR].map(&:fileno) == [0, 1, 2]
    rescue Exception
      false
    end

    def put_back_globals
      $LOAD_PATH.replace(@load_path)
      known = @globals.to_h
      (global_variables - FIXED_GLOBALS).each do |name|
        next if name == :$VERBOSE || !known.key?(name) && !@script.mentions?(name.to_s) # it is a library's
        set_global(name, known[name]) unless eval(name.to_s).equal?(known[name])
      end
    end

    def set_global(name, value)
      verbose, $VERBOSE = $VERBOSE, nil
      @value = value
      eval("#{name} = @value")
    rescue NameError, TypeError, ArgumentError
      nil # read-only
    ensure
      $VERBOSE = verbose
    end

    def descriptors
      Dir.children("/proc/self/fd")
    rescue SystemCallError
      []
    end

    def close_files
      keep = [STDIN, STDOUT, STDERR, @control]
      ObjectSpace.each_object(IO) { |io| io.close unless keep.include?(io) || io.closed? }
    end

    def leave_streams
      { STDIN => "r", STDOUT => "w", STDERR => "w" }.each { |stream, how| stream.reopen(File::NULL, how) }
    end
  end
end
