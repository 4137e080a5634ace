module CgiWorkbenchDebugger
  # Values as text of a bounded length, and what is inside them.
  module Values
    MAX_TEXT = 1000
    MAX_ITEMS = 20
    MAX_CHILDREN = 200

    # What a script's own code prints while a value is looked at is no part of the response.
    class Discard
      attr_reader :text

      def initialize
        @text = String.new
      end

      def write(*parts)
        parts.sum do |part|
          @text << Json.utf8(part.to_s) if @text.length < MAX_TEXT
          part.to_s.bytesize
        end
      end

      def puts(*lines)
        write(*(lines.empty? ? [""] : lines.flatten).map { |line| "#{line.to_s.chomp}\n" })
        nil
      end

      def print(*parts)
        write(*parts)
        nil
      end

      def <<(part)
        write(part)
        self
      end

      def method_missing(*)
        nil
      end

      def respond_to_missing?(*)
        true
      end

      def self.around
        kept = [$stdout, $stderr]
        $stdout = $stderr = out = new
        yield out
      ensure
        $stdout, $stderr = kept
      end
    end

    module_function

    def cut(text)
      text.length <= MAX_TEXT ? text : "#{text[0, MAX_TEXT]}…"
    end

    def shown(value, depth = 3)
      case value
      when String then quoted(value[0, MAX_TEXT]) + (value.length > MAX_TEXT ? "…" : "")
      when Integer then value.bit_length > 4000 ? "<an integer of #{value.bit_length} bits>" : value.to_s
      when Array then listed("[", value.first(MAX_ITEMS).map { |item| inner(item, depth) }, value.size, "]")
      when Hash
        pairs = value.first(MAX_ITEMS).map { |name, item| "#{inner(name, depth)} => #{inner(item, depth)}" }
        listed("{", pairs, value.size, "}")
      else plain?(value) ? "#<#{value.class}>" : cut(Json.utf8(value.inspect))
      end
    rescue StandardError => e
      "<#{e.class} while it was shown>"
    end

    # Without a locale, `inspect` escapes all that is not ASCII.
    def quoted(text)
      return Json.utf8(text.inspect) unless text.encoding == Encoding::UTF_8 && text.valid_encoding?

      "\"#{text.gsub(/["\\[:cntrl:]]|#(?=[{$@])/) { |one| one == "#" ? "\\#" : one.inspect[1..-2] }}\""
    end

    def inner(value, depth)
      depth.zero? ? "…" : shown(value, depth - 1)
    end

    def listed(opening, parts, size, closing)
      parts << "…" if size > parts.size
      cut(opening + parts.join(", ") + closing)
    end

    # Its `inspect` is everybody's, and shows all that hangs on it.
    def plain?(value)
      !Kernel.instance_method(:instance_variables).bind(value).call.empty? &&
        Kernel.instance_method(:method).bind(value).call(:inspect).owner == Kernel
    rescue TypeError, NameError # a BasicObject, which is not even a Kernel
      true
    end

    # Names and values, and how many there are.
    def children(value)
      case value
      when Array then [value.first(MAX_CHILDREN).each_with_index.map { |item, at| [at.to_s, item] }, value.size]
      when Hash then [value.first(MAX_CHILDREN).map { |name, item| [name_of(name), item] }, value.size]
      when Struct then [value.members.map { |name| [name.to_s, value[name]] }, value.size]
      else
        names = value.instance_variables
        [names.first(MAX_CHILDREN).map { |name| [name.to_s, value.instance_variable_get(name)] }, names.size]
      end
    end

    def name_of(key)
      key.is_a?(String) ? cut(key) : shown(key)
    end

    def children?(value)
      case value
      when Array, Hash, Struct then value.size.positive?
      when Module, Proc then false
      else Object === value && !value.instance_variables.empty?
      end
    end
  end
end
