// A successful response with output on stderr, which servers log in different places.
import { isServerError } from "../../../../contract/failure.js";
import type { InlineRule } from "../../../engine/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The script wrote to standard error",
  summary: "The response is fine. Visitors never see standard error, and servers log it in different places.",
  explanation:
    "Programs write warnings to standard error. Apache and nginx write it into their error logs (nginx in lines of 2 KiB), lighttpd only if `server.breakagelog` is set, and fcgiwrap passes it on only if started with `-f`. None of them records when it was written relative to the body. CGI Workbench shows both on one timeline.",
  reference: "RFC 3875 §6.1",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: TEXT", response: null },
    { server: "lighttpd", message: null, response: null },
    { server: "nginx", message: 'FastCGI sent in stderr: "TEXT"', response: null },
    { server: "fcgiwrap", message: null, response: null },
  ],
  when: "inline",
  check: ({ outcome, stderr, script }) =>
    outcome === "ok" && stderr && stderr.bytes > 0 && script !== null && !isServerError(script.status)
      ? {
          detail: `The script wrote ${stderr.bytes} bytes in ${stderr.chunks.length} ${stderr.chunks.length === 1 ? "write" : "writes"}.`,
          stream: "stderr",
          range: [0, stderr.bytes],
        }
      : null,
};
