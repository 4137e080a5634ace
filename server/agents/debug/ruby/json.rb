# A debugger inside the ruby of one script, for the request that it serves. RUBYOPT has it loaded before the script. It
# needs Ruby 2.6 and no library but the socket's, so that a script that forgot its `require` fails as ever.
module CgiWorkbenchDebugger
  # Writes JSON without the library.
  module Json
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
  end
end
