# What waits in a buffer of the script's, with the places that printed it.


class Left:
    """A call that was over when the script stopped; not its frame, which would keep its objects alive."""

    def __init__(self, code):
        self.f_code = code
        self.f_locals, self.f_globals = {}, {}


class Segment:
    def __init__(self, length, frames):
        self.length = length
        self.frames = frames


class Segments:
    def __init__(self):
        self.all = []
        self.total = 0

    def add(self, length, frames):
        self.add_all([Segment(length, frames)])

    def add_all(self, segments):
        self.all += segments
        self.total += sum(segment.length for segment in segments)

    def take(self, length):
        """The first ones, up to so many bytes; what is left of the last stays."""
        count = 0
        while count < len(self.all) and length >= self.all[count].length:
            length -= self.all[count].length
            count += 1
        taken, self.all = self.all[:count], self.all[count:]
        if length > 0 and self.all:
            taken.append(Segment(length, self.all[0].frames))
            self.all[0].length -= length
        self.total = sum(segment.length for segment in self.all)
        return taken

    def at(self, offset):
        for segment in self.all:
            if offset < segment.length:
                return segment
            offset -= segment.length
        return None


def size_of(data):
    try:
        return memoryview(data).nbytes
    except TypeError:
        return 0  # the stream itself says so


def alike(data, expected):
    """At least half of them are the same: a time or a number may be another one."""
    pairs = list(zip(data, expected))
    return 2 * sum(one == other for one, other in pairs) >= len(pairs)
