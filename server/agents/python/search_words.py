# The command line of RFC 3875, section 4.4: the query of an indexed search, `?word+word`, becomes arguments, all of
# it or nothing. No word may begin with "-" (CVE-2012-1823); what a shell takes for its own is escaped, as Apache does.
import os
import re
from urllib.parse import unquote_to_bytes

SEARCH_WORD = re.compile(rb"[A-Za-z0-9\-_.!~*'();/?:@&,$%]+\Z")
BAD_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
SHELL_ACTIVE = re.compile(rb"([&;`'\"|*?~<>^()\[\]{}$\\\n])")


def search_words(method, query):
    """`sys.argv[1:]` for a request."""
    if not query or b"=" in query or method not in (b"GET", b"HEAD"):
        return []
    words = []
    for word in query.split(b"+"):
        plain = unquote_to_bytes(word)
        if not SEARCH_WORD.match(word) or BAD_PERCENT.search(word) or b"\0" in plain or plain.startswith(b"-"):
            return []
        words.append(os.fsdecode(SHELL_ACTIVE.sub(rb"\\\1", plain)))
    return words
