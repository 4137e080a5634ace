// What the rule body-not-read says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
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
    { server: "nginx", message: "writev() failed (32: Broken pipe) while sending request to upstream", answers: null, unproved: true },
  ],
  fixes: [],
};
