// More requests waited than limits.queue allows.

import { wordsOf } from "../../../../contract/message.js";
import { apache, lighttpd, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Too many requests waited at once",
  summary:
    "The limits for running scripts and for waiting requests are both reached, so the server refused this request.",
  explanation:
    "Each CGI request starts a process, and a machine can run only so many at once. The server runs up to `limits.concurrency` scripts, lets up to `limits.queue` requests wait, and answers 503 to any further request. Either requests arrive faster than the scripts can answer, or some scripts hang and occupy their slots.",
  logged: [
    unproved(
      apache.says(
        "AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting",
        null,
      ),
    ),
    unproved(lighttpd.says("[note] sockets disabled, out-of-fds", null)),
  ],
  on: "failures",
  withoutScript: true,
  check: ({ outcome, cause }) =>
    outcome === "queue-full"
      ? { detail: `${wordsOf(cause?.text ?? rule.summary)} Change the limits in cgi-workbench.json under \`limits\`.` }
      : null,
};
