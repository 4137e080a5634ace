# The methods of Ruby that the loop of a Rack application needs: an application may replace them.

module CGIWorkbenchAgent
  module CoreMethods
    # Methods that the loop needs.
    NEEDED = {
      String => %i[+ << b bytesize byteslice empty? getbyte replace unpack unpack1], Integer => %i[+ - < > <= >= & ==],
      Array => %i[<< [] & + each map reject any? all? empty? first join pack shift],
      Hash => %i[[] []= delete each_value key? keys values], IO => %i[read_nonblock write_nonblock],
      IO.singleton_class => %i[select]
    }.flat_map { |mod, names| names.map { |name| [mod, name] } }

    private

    # The next request would wait for one that cannot read it. Many applications replace methods by equal ones.
    def look_at_methods
      now = needed
      return if now == @needed
      mod, name = NEEDED[now.zip(@needed).index { |one, other| one != other }]
      leave(0, "#{mod}##{name} is another one") unless works?
      @needed = now
    rescue StandardError => error
      leave(0, "#{error.message} (#{error.class})")
    end

    def needed
      NEEDED.map { |mod, name| mod.instance_method(name) }
    end

    def of_io
      [IO.instance_method(:read_nonblock), IO.instance_method(:write_nonblock), IO.method(:select)]
    end

    # What the loop does with these methods, where the results are known.
    def works?
      return false unless of_io == @of_io

      bytes = "a\u00e9".b
      bytes << "b"
      list = [[3], [1, 2]].reject(&:empty?).map { |one| one + [4] }
      list.each { |one| one.shift }
      hash = { 1 => "x" }
      hash[2] = "y"
      hash.delete(1)
      bytes.bytesize == 4 && bytes.byteslice(1, 2) == "\xC3\xA9".b && bytes.getbyte(3) == 98 && !bytes.empty? &&
        (bytes + "c").bytesize == 5 && bytes.unpack("C2") == [97, 195] && bytes.unpack1("C") == 97 &&
        (+"z").replace("yy").bytesize == 2 && [1, 2].pack("C2").bytesize == 2 && list == [[4], [2, 4]] &&
        list.any? && list.all? && [1, 2].first == 1 && %w[a b].join == "ab" && [1, 2] & [2] == [2] &&
        hash.keys == [2] && hash.key?(2) && hash.values == ["y"] && hash.each_value.none?(&:nil?) && hash[2] == "y" &&
        2 + 3 - 1 == 4 && 1 < 2 && 2 > 1 && 1 <= 1 && 1 >= 1 && 6 & 3 == 2
    rescue StandardError
      false
    end
  end
end
