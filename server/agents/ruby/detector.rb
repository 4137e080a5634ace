# Finding what a script leaves behind (--detect=FILE): after each run, a line of JSON in that file with what differs
# from before it, and with what was put back. What earlier processes reported there is watched line by line, and the
# libraries that they loaded are loaded before the first comparison.
module CGIWorkbenchAgent
  class Detector
    KNOWN = /"kind":"([\w-]+)","name":"((?:[^"\\]|\\u\h{4})*)"/
    BOOKKEEPING = /[.@_]_|cache|\.@(?:mutex|lock)|instance\z/i
    AFTER = { "file" => "descriptor %s", "child" => "process %s", "thread" => "running" }.freeze

    # `handles`: whether a handle is the agent's own.
    def initialize(script, file, handles)
      @script, @file = script, file
      @own = ->(path) { path == script.path || path.start_with?("#{script.folder}/") }
      @facts = ProcessFacts.new(script.path, handles)
      earlier = File.exist?(file) ? File.read(file, encoding: "UTF-8") : ""
      load_features(earlier)
      @watch = LineWatch.new(known(earlier), @facts, @own)
      @environment = ENV.to_hash
      @before_all, @modules_before = @facts.take, ModuleFacts.new
    end

    # Right before the script.
    def begin
      @before_script = @facts.take
      @watch.start
    end

    # Its threads still run, and nothing is put back.
    def script_ended
      @watch.stop
      @changed = differences(@before_script, @facts.take)
    end

    # Everything is put back that will be.
    def finish
      ENV.replace(@environment)
      report
    end

    private

    def report
      now, modules = @facts.take, ModuleFacts.new
      kept = differences(@before_all, now) + of_modules(modules.differences(@modules_before, @own))
      @before_all, @modules_before, @before_script = now, modules, nil
      keys = kept.map { |kind, name| [kind, name] }
      put_back = @changed.reject { |kind, name| kind == "global" || keys.include?([kind, name]) }
      now = modules = nil
      GC.start
      write(kept.uniq, put_back.uniq { |kind, name| [kind, name] })
    end

    def known(earlier)
      earlier.scan(KNOWN).uniq.map { |kind, name| [kind, plain(name)] }
    end

    def plain(text)
      text.gsub(/\\u(\h{4})/) { [$1.hex].pack("U") }
    end

    def load_features(earlier)
      @features = $LOADED_FEATURES.dup
      earlier.scan(/"features":\[(.*?)\]/).flatten.uniq.join(",").scan(/"(.*?)"/) do |path, _|
        require plain(path)
      rescue LoadError, StandardError
        next # not by its path alone: the script loads it
      end
    end

    # [kind, name, before, after, place]
    def differences(before, now)
      (before.keys | now.keys).map do |key|
        kind, name = key
        was, is = before[key], now[key]
        next if was == is
        next of_process(kind, name, is) if ProcessFacts::OF_PROCESS.include?(kind)
        next if kind == "global" && was.nil? && (is == "nil" || !@script.mentions?(name)) # a library's, or only named
        was, is = only_in(was, is), only_in(is, was) if was.is_a?(Array) && is.is_a?(Array)
        [kind, name, was, is, nil]
      end.compact
    end

    def of_process(kind, name, value)
      return if value.nil? # it has ended
      number, name = name.split("\0", 2)
      place = kind == "thread" ? value.inspect.match(/([^ @]+):(\d+) \w+>\z/)&.captures : nil
      name = "without a name" if name.to_s.empty?
      [kind, name, nil, format(AFTER[kind], number), place && [place[0], place[1].to_i]]
    end

    def of_modules(found)
      found.map do |kind, name, was, is, place|
        before, after = [was, is].zip([was&.copy, nil]).map { |fact, copy| fact && text_of(fact.value, copy) }
        [kind, name, before, after, place]
      end
    end

    # Of what a list held before: it is the same list.
    def text_of(value, copy)
      return @facts.shown(copy || value) unless value.is_a?(UnboundMethod)
      place = value.source_location
      place ? "#{File.basename(place[0])}, line #{place[1]}" : "built in"
    end

    def only_in(values, others)
      text = (values - others).join(", ")
      text.empty? ? nil : text
    end

    def write(kept, put_back)
      list = ->(changes) { "[#{changes.map { |change| json_of(*change) }.join(",")}]" }
      resident = File.read("/proc/self/status")[/^VmRSS:\s+(\d+) kB/, 1].to_i * 1024
      features = ($LOADED_FEATURES - @features).reject { |path| @own.call(path) }.map { |path| json_text(path) }
      report = "{\"pid\":#{Process.pid},\"kept\":#{list.call(kept)},\"putBack\":#{list.call(put_back)}," \
               "\"features\":[#{features.join(",")}],\"blocks\":#{GC.stat(:heap_live_slots)}," \
               "\"residentBytes\":#{resident}}\n"
      File.open(@file, "a") { |file| file.write(report) }
    end

    def json_of(kind, name, before, after, place)
      file, line, by = @watch.place_of(kind, name)
      file, line, by = *place, "script" if place && @own.call(place[0])
      is_own_affair = LineWatch::ATTRIBUTES.include?(kind) && name.match?(BOOKKEEPING)
      texts = { kind: kind, name: name, before: before, after: after, file: file, by: by }
      "{#{texts.map { |key, text| "\"#{key}\":#{json_text(text)}" }.join(",")}," \
        "\"line\":#{line || "null"},\"isBookkeeping\":#{is_own_affair}}"
    end

    def json_text(text)
      return "null" if text.nil?
      plain = text.dup.force_encoding("UTF-8").scrub("?")[0, 200]
      "\"#{plain.gsub(/[^ !#-\[\]-~]/) { |one| escaped(one) }}\""
    end

    def escaped(character)
      character.encode("UTF-16BE").unpack("n*").map { |unit| format("\\u%04x", unit) }.join
    end
  end
end
