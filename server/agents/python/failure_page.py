# What --error500 answers for a script that fails before it wrote anything: servers make "200 OK" of such a response.
from exit_status import status_in_words
from records import STDOUT, stream_records

PAGE = "Status: 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\nThe script failed with %s.\n"


def failure_page(request, status, options):
    """Records to send before the end of the request; none when there is no such failure."""
    if not options.error500 or status == 0 or request.has_stdout:
        return b""
    return stream_records(STDOUT, request.id, (PAGE % status_in_words(status)).encode())
