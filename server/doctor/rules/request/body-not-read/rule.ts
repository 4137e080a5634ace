// The script ended without reading the whole body.
import type { InlineRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "The script did not read the whole request body",
  summary: "It answered before it had read everything; some servers then reset the connection.",
  explanation:
    "The script ended, or closed its input, while a part of the request's body was still to come. That is allowed. A browser that is still sending may see a broken connection instead of the answer with servers that do not read the rest themselves. If the data matters, read CONTENT_LENGTH bytes.",
  reference: "RFC 3875 §4.2",
  logged: [
    { server: "Apache", message: "AH02651: Error writing request body to script S", answers: "200 OK" },
    { server: "lighttpd", message: null, answers: "200 OK" },
    { server: "fcgiwrap", message: "An error occurred while reading the request", answers: "502 Bad Gateway" },
    {
      server: "nginx",
      message: "writev() failed (32: Broken pipe) while sending request to upstream",
      answers: null,
      unproved: true,
    },
  ],
  fixes: [],
};

export const rule: InlineRule = {
  id: "body-not-read",
  text,
  when: "at-once",
  check: ({ request, stdin, outcome }) => {
    if (outcome !== "ok" || !stdin) return null;
    // What the client sent on after the script's end was not looked at: what it announced counts.
    const announced = Number(
      request.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? request.body.bytes,
    );
    if (stdin.bytes >= announced) return null;
    return {
      detail: `${stdin.bytes} of ${announced} bytes went to the script before it ended.`,
      stream: "stdin",
      range: [Math.max(0, stdin.bytes - 1), stdin.bytes],
    };
  },
};
