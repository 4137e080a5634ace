# Rack, the application's file: loaded at its first request. What was loaded cannot be taken back in Ruby, so that a
# file that changed is loaded by a new process.
module CGIWorkbenchAgent
  # The file is not one of an application. Its cause, if it has one, is what ended the file early.
  class NoApplication < StandardError; end

  # What a file of another name than config.ru finds beside its own methods.
  module Words
    class << self
      attr_accessor :builder
    end

    %i[run use map].each do |name|
      define_method(name) { |*arguments, &block| Words.builder.public_send(name, *arguments, &block) }
      ruby2_keywords(name)
      private name
    end
  end

  class ApplicationFile
    MENTIONED = /\b(?:run|App|call|Rack|Sinatra)\b/n

    def initialize(script)
      @script, @path = script, script.path
      @application = @version = nil
    end

    # False before it was loaded.
    def changed?
      !@version.nil? && version != @version
    end

    # Raises NoApplication, or what the file raises while it is loaded; then the next request tries again.
    def application
      @application ||= load
    end

    private

    def version
      found = File.stat(@path)
      [found.mtime, found.size, found.ino]
    rescue SystemCallError
      []
    end

    def load
      @version = version
      source = File.binread(@path).delete_prefix("\xEF\xBB\xBF".b).sub(/^__END__\r?$.*\z/mn, "")
      builder, value = evaluated(source.force_encoding(Encoding::UTF_8))
      found = builder.runs? ? builder.to_app : [value, constant].find { |one| one.respond_to?(:call) }
      found || raise(NoApplication, text(""))
    rescue SystemExit => leaving
      raise NoApplication, text(", and it called exit"), cause: leaving
    rescue ScriptError, StandardError => error
      raise if error.is_a?(NoApplication) || source.nil? || source.b.match?(MENTIONED)
      raise NoApplication, text(", and #{error.class} ended it"), cause: error
    end

    def evaluated(source)
      if File.extname(@path) == ".ru"
        place, builder = TOPLEVEL_BINDING.eval("CGIWorkbenchAgent::Builder.new.instance_eval { [binding, self] }")
      else
        place, builder = TOPLEVEL_BINDING.dup, Words.builder = Builder.new
        place.receiver.extend(Words) # a framework's own words, which come later, go before these
      end
      [builder, eval(source, place, @path, 1)]
    end

    # A class with a method `call` for its instances is taken, too.
    def constant
      app = Object.const_get(:App) if Object.const_defined?(:App)
      app = app.new if app.is_a?(Class) && !app.respond_to?(:call) && app.method_defined?(:call)
      app || (defined?(::Sinatra::Application) ? ::Sinatra::Application : nil)
    end

    def text(why)
      "#{@path} has no application: it calls no `run`, its last value does not respond to `call`, and it defines no " \
        "`App`#{why}. Write one of them, or run the file as CGI.\n"
    end
  end
end
