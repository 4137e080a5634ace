# Rack, config.ru: the words that rackup gives to such a file (`use`, `run`, `map`, `warmup`, `freeze_app`).
module CGIWorkbenchAgent
  class Builder
    def initialize(default = nil)
      @run, @layers, @map = default, [], {}
      @warmup, @freezes = nil, false
    end

    def use(middleware, *arguments, &block)
      take_map
      @layers << proc { |app| middleware.new(app, *arguments, &block) }
    end
    ruby2_keywords(:use)

    def run(app = nil, &block)
      @run = app || block
    end

    def map(path, &block)
      @map[path] = block
    end

    def warmup(prepare = nil, &block)
      @warmup = prepare || block
    end

    def freeze_app
      @freezes = true
    end

    def runs?
      !@run.nil? || !@map.empty? || !@layers.empty?
    end

    def to_app
      app = @map.empty? ? @run : paths(@map, @run)
      raise ArgumentError, "the file has neither `run` nor `map`" if app.nil?
      app.freeze if @freezes
      @layers.reverse_each { |layer| app = layer.call(app).tap { |one| one.freeze if @freezes } }
      @warmup&.call(app)
      app
    end

    private

    # What `map` named before a `use` is behind that layer's predecessors alone, as in Rack.
    def take_map
      return if @map.empty?
      map, @map = @map, {}
      @layers << proc { |app| paths(map, app) }
    end

    def paths(map, default)
      apps = map.map { |path, block| [path, Builder.new(default).tap { |one| one.instance_eval(&block) }.to_app] }.to_h
      apps["/"] = default if default && !apps.key?("/")
      PathMap.new(apps)
    end
  end

  # By the beginning of the path, the longest first; a name may be "http://host/path".
  class PathMap
    def initialize(apps)
      @places = apps.map { |name, app| place(name, app) }.sort_by { |one| [-one[:host].to_s.size, -one[:path].size] }
    end

    def call(env)
      name, path = env["SCRIPT_NAME"], env["PATH_INFO"]
      @places.each do |place|
        next unless place[:host].nil? || hosts(env).include?(place[:host])
        rest = path[place[:form], 1]
        next if rest.nil?
        env["SCRIPT_NAME"], env["PATH_INFO"] = name + place[:path], rest
        return place[:app].call(env)
      end
      [404, { "content-type" => "text/plain", "x-cascade" => "pass" }, ["Not Found: #{path}"]]
    ensure
      env["SCRIPT_NAME"], env["PATH_INFO"] = name, path
    end

    private

    def place(name, app)
      host, path = name.match(%r{\Ahttps?://(.*?)(/.*)\z})&.captures || [nil, name]
      raise ArgumentError, "a path begins with /, which #{name} does not" unless path.start_with?("/")
      path = path.chomp("/")
      { host: host, path: path, app: app, form: %r{\A#{Regexp.quote(path.b).gsub("/", "/+")}(\z|/.*)}mn }
    end

    def hosts(env)
      [env["HTTP_HOST"], env["SERVER_NAME"], "#{env["SERVER_NAME"]}:#{env["SERVER_PORT"]}"].compact
    end
  end
end
