# Mode "persistent": whether a run was put back, global variables, files that the script leaves open, and the streams
# between two requests.
module CGIWorkbenchAgent
  # Of what RubyGems has activated.
  def self.gem_paths
    defined?(::Gem.loaded_specs) ? ::Gem.loaded_specs.values.flat_map(&:full_require_paths) : []
  end

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
      $LOAD_PATH.replace(with_gems(@load_path))
      ThreadValues.put_back(@thread_values)
      known = @globals.to_h
      (global_variables - FIXED_GLOBALS).each do |name|
        next if name == :$VERBOSE || !known.key?(name) && !@script.mentions?(name.to_s) # it is a library's
        set_global(name, known[name]) unless eval(name.to_s).equal?(known[name])
      end
    end

    # RubyGems does not search again for a gem that it has activated.
    def with_gems(paths)
      gems = CGIWorkbenchAgent.gem_paths & $LOAD_PATH - paths
      at = gems.empty? ? 0 : paths.index(RbConfig::CONFIG["sitelibdir"]) || 0
      paths.dup.insert(at, *gems)
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
      Dir.open("/proc/self/fd") { |folder| folder.children - [folder.fileno.to_s] } # the script may get its number
    rescue SystemCallError
      []
    end

    # Without those that were open before the request: a library's.
    def close_files
      left = ObjectSpace.each_object(IO).reject { |io| io.closed? || was_open?(io) }
      programs, files = left.partition(&:pid)
      files.each { |io| close_file(io) }
      return if programs.empty?
      # To close a pipe waits for the program's end, which CGI does not; to reopen it closes it, too.
      File.open(File::NULL, "r+") { |null| programs.each { |io| close_file(io.reopen(null)) } }
    end

    def was_open?(io)
      io.fileno > 2 ? @descriptors.include?(io.fileno.to_s) : [STDIN, STDOUT, STDERR].include?(io)
    end

    # What it still held cannot be written, which a process does not mention when it ends.
    def close_file(io)
      io.close
    rescue IOError, SystemCallError
      nil
    end

    # Ruby removes them when it ends, or when it collects the object.
    def remove_temporary_files
      each_temporary_file do |file|
        file.close! unless @libraries_own.key?(file)
      rescue StandardError
        next # the script has removed it, or changed the object
      end
    end

    # Before the first request.
    def keep_temporary_files
      @libraries_own = {}.compare_by_identity
      each_temporary_file { |file| @libraries_own[file] = true }
    end

    def each_temporary_file(&block)
      return unless defined?(::Tempfile) && !Object.autoload?(:Tempfile)
      ObjectSpace.each_object(::Tempfile, &block)
    end

    def leave_streams
      { STDIN => "r", STDOUT => "w", STDERR => "w" }.each { |stream, how| stream.reopen(File::NULL, how) }
    end
  end
end
