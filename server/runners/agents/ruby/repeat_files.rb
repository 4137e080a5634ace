# Mode "persistent": whether a run was put back, global variables, files that the script leaves open, and the streams
# between two requests.
module CGIWorkbenchAgent
  class Repeat
    private

    # False: the script has broken what this needs.
    def put_back?
      put_back
      !CoreWatch.is_broken
    rescue Exception
      false
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
