# FastCGI 1.0: records, name-value pairs. Numbers are those of its section 8.
from struct import Struct

BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR, DATA = range(1, 9)
GET_VALUES, VALUES, UNKNOWN = range(9, 12)
REQUEST_COMPLETE, CANT_MPX_CONN, OVERLOADED, UNKNOWN_ROLE = range(4)
RESPONDER = 1
KEEP_CONN = 1
MAX_CONTENT = 65528  # the largest that needs no padding

HEADER = Struct(">BBHHBx")  # version, type, request id, content length, padding length
BEGIN_BODY = Struct(">HB5x")
END_BODY = Struct(">IB3s")
LONG = Struct(">I")


def record(kind, request_id, content=b""):
    return HEADER.pack(1, kind, request_id, len(content), 0) + content


def stream_records(kind, request_id, data):
    """`data` in as many records as it needs; none for no data, which would end the stream."""
    if 0 < len(data) <= MAX_CONTENT:
        return HEADER.pack(1, kind, request_id, len(data), 0) + data
    parts = (data[at:at + MAX_CONTENT] for at in range(0, len(data), MAX_CONTENT))
    return b"".join(record(kind, request_id, part) for part in parts)


def end_request(request_id, app_status, protocol_status=REQUEST_COMPLETE, unread=0):
    """The three reserved bytes say how much of its body the script left unread, to whom they mean something."""
    reserved = min(unread, 0xFFFFFF).to_bytes(3, "big")
    return record(END_REQUEST, request_id, END_BODY.pack(app_status & 0xFFFFFFFF, protocol_status, reserved))


def decode_pairs(data):
    """Name-value pairs, in order. A pair that is cut off ends the list."""
    pairs = []
    at, end = 0, len(data)
    while at < end:
        if at + 1 < end and (data[at] | data[at + 1]) < 128:  # as most are
            name_length, value_length = data[at], data[at + 1]
            at += 2
        else:
            name_length, at = _length(data, at)
            value_length, at = _length(data, at)
        value_at = at + name_length
        if at > end or value_at + value_length > end:
            break
        pairs.append((data[at:value_at], data[value_at:value_at + value_length]))
        at = value_at + value_length
    return pairs


def _length(data, at):
    """A length and where it ends: one byte, or four with the highest bit set. Past the end when it is cut off."""
    if at >= len(data):
        return 0, at + 1
    if data[at] < 128:
        return data[at], at + 1
    if at + 4 > len(data):
        return 0, len(data) + 1
    return LONG.unpack_from(data, at)[0] & 0x7FFFFFFF, at + 4


def values_result(asked, values):
    """The answer to FCGI_GET_VALUES: those of the names asked for that are known."""
    known = [(name, values[name]) for name, _ in decode_pairs(asked) if name in values]
    return record(VALUES, 0, b"".join(bytes((len(name), len(value))) + name + value for name, value in known))
