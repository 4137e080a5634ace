#!/usr/bin/env python3
# Server-sent events: /cgi-bin/events.py is a page, /cgi-bin/events.py/stream
# what it listens to.
#
# A response does not have to come at once. Here it stays open, and each event
# reaches the browser when it happens; in Timing every one is a tick. Without
# flush() they would wait in Python's buffer and come all together at the end.
import os
import sys
import time

EVENTS = 10
SECONDS_BETWEEN = 0.5

sys.stdout.reconfigure(encoding="utf-8", newline="\n")

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Events</title>
<h1>Events</h1>
<ol id="events"></ol>
<script>
  const source = new EventSource(location.pathname + "/stream");
  source.addEventListener("tick", ({ data }) => {
    const line = document.createElement("li");
    line.textContent = data; // as text: whatever it holds, it never becomes a tag
    document.getElementById("events").append(line);
  });
  // A browser connects again when a stream ends, with the last id in the
  // header Last-Event-ID. This one is over: say so.
  source.addEventListener("end", () => source.close());
</script>"""


def stream() -> None:
    print("Content-Type: text/event-stream; charset=utf-8")
    print("Cache-Control: no-store")
    print(flush=True)  # the headers go out now
    last = os.environ.get("HTTP_LAST_EVENT_ID", "")
    first = int(last) + 1 if last.isascii() and last.isdigit() and len(last) <= 6 else 1
    for number in range(first, EVENTS + 1):
        # Lines of "name: value"; a blank line ends an event.
        print(f"id: {number}\nevent: tick\ndata: {number} of {EVENTS}, at {time.strftime('%H:%M:%S')}\n", flush=True)
        time.sleep(SECONDS_BETWEEN)
    print("event: end\ndata: that was all\n", flush=True)


if os.environ.get("PATH_INFO") == "/stream":
    stream()
else:
    print("Content-Type: text/html; charset=utf-8")
    print()
    print(PAGE)
