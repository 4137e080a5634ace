# A debugger inside the ruby of one script, for the request that it serves. RUBYOPT has it loaded before the script. It
# needs Ruby 2.6 and no library but the socket's, so that a script that forgot its `require` fails as ever.
module CgiWorkbenchDebugger
  # JSON without the library.
  module Json
    PLAIN = { "b" => "\b", "f" => "\f", "n" => "\n", "r" => "\r", "t" => "\t" }.freeze
    WORDS = { "true" => true, "false" => false, "null" => nil }.freeze

    module_function

    def encode(value)
      case value
      when Hash then "{#{value.map { |name, item| "#{text(name.to_s)}:#{encode(item)}" }.join(",")}}"
      when Array then "[#{value.map { |item| encode(item) }.join(",")}]"
      when nil then "null"
      when true, false, Integer then value.to_s
      else text(value.to_s)
      end
    end

    def text(value)
      "\"#{utf8(value).gsub(/["\\\x00-\x1f]/) { |one| format("\\u%04x", one.ord) }}\""
    end

    def utf8(value)
      return value.encode(Encoding::UTF_8, invalid: :replace, undef: :replace) unless value.encoding.ascii_compatible?

      value.dup.force_encoding(Encoding::UTF_8).scrub("\uFFFD")
    end

    # Takes one value from the beginning of the text.
    def decode(text)
      text.sub!(/\A\s+/, "")
      return decoded_text($1) if text.sub!(/\A"((?:[^"\\]|\\.)*+)"/m, "")
      return $&.include?(".") ? $&.to_f : $&.to_i if text.sub!(/\A-?[0-9][0-9.eE+-]*/, "")
      return WORDS[$&] if text.sub!(/\A(?:true|false|null)/, "")

      text.sub!(/\A\[\s*/, "") ? decoded_list(text) : decoded_object(text)
    end

    def decoded_list(text)
      list = []
      until text.sub!(/\A\s*\]/, "")
        list << decode(text)
        text.sub!(/\A\s*,/, "")
      end
      list
    end

    def decoded_object(text)
      text.sub!(/\A\{/, "") or raise "not JSON"
      object = {}
      until text.sub!(/\A\s*\}/, "")
        name = decode(text)
        text.sub!(/\A\s*:/, "")
        object[name] = decode(text)
        text.sub!(/\A\s*,/, "")
      end
      object
    end

    def decoded_text(text)
      text.gsub(/\\u(d[89ab]..)\\u(d[c-f]..)/i) { [0x10000 + (($1.hex & 0x3ff) << 10) + ($2.hex & 0x3ff)].pack("U") }
          .gsub(/\\(?:u(....)|(.))/m) { $1 ? [$1.hex].pack("U") : PLAIN[$2] || $2 }
    end
  end
end
