# FastCGI 1.0: records, name-value pairs, and the query of an indexed search (RFC 3875, section 4.4).
module CGIWorkbenchAgent
  BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, FCGI_STDIN, FCGI_STDOUT, FCGI_STDERR = *1..7
  GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = *9..11
  REQUEST_COMPLETE, CANT_MPX_CONN, UNKNOWN_ROLE = 0, 1, 3
  RESPONDER = 1
  MAX_CONTENT = 65_528
  BY_SIGNAL = 256 # with the signal's number: the status of a request whose process it has ended

  module_function

  def record(type, id, content = "".b)
    [1, type, id, content.bytesize, 0].pack("CCnnCx") << content
  end

  def stream_records(type, id, data)
    return record(type, id, data) if data.bytesize <= MAX_CONTENT
    (0...data.bytesize).step(MAX_CONTENT).map { |at| record(type, id, data.byteslice(at, MAX_CONTENT)) }.join
  end

  # The three reserved bytes say how much of its body the script left unread, to whom they mean something.
  def end_request(id, status, protocol = REQUEST_COMPLETE, unread = 0)
    record(END_REQUEST, id, [status, protocol].pack("NC") << [[unread, 0xffffff].min].pack("N").byteslice(1, 3))
  end

  # With --error500; servers make "200 OK" of a failure without output.
  def failure_page(request, status)
    how = status < BY_SIGNAL ? "exit status #{status}" : "signal #{status - BY_SIGNAL}"
    stream_records(FCGI_STDOUT, request.id, "Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\n" \
                                            "The script failed with #{how}.\n".b)
  end

  # A pair that is cut off ends the list.
  def pairs(data)
    found = {}
    at = 0
    while at < data.bytesize
      name_length, at = length_at(data, at)
      value_length, at = length_at(data, at)
      break if at + name_length + value_length > data.bytesize
      found[data.byteslice(at, name_length)] = data.byteslice(at + name_length, value_length)
      at += name_length + value_length
    end
    found
  end

  # Past the end when it is cut off.
  def length_at(data, at)
    first = data.getbyte(at)
    return 0, data.bytesize + 1 if first.nil?
    return first, at + 1 if first < 128
    return 0, data.bytesize + 1 if at + 4 > data.bytesize
    [data.byteslice(at, 4).unpack1("N") & 0x7fffffff, at + 4]
  end

  def values_result(asked, values)
    known = pairs(asked).keys.select { |name| values.key?(name) }
    content = known.map { |name| [name.bytesize, values[name].bytesize].pack("CC") << name << values[name] }.join
    record(GET_VALUES_RESULT, 0, content)
  end

  WORD = %r{\A[A-Za-z0-9\-_.!~*'();/?:@&,$%]+\z}n
  SHELLS_OWN = /[&;`'"|*?~<>^()\[\]{}$\\\n]/n

  # The words of `?word+word`, all or none. None begins with "-" (CVE-2012-1823); what a shell takes for its own is
  # escaped.
  def search_words(method, query)
    return [] if query.empty? || query.include?("=") || !%w[GET HEAD].include?(method)
    words = query.split("+", -1).map do |word|
      return [] if word !~ WORD || word =~ /%(?![0-9A-Fa-f]{2})/n
      plain = word.gsub(/%([0-9A-Fa-f]{2})/n) { $1.hex.chr }
      return [] if plain.include?("\0") || plain.start_with?("-")
      plain.gsub(SHELLS_OWN) { |one| "\\" + one }
    end
    words
  end
end
