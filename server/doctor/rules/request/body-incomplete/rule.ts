// The client promised more bytes than it sent, and the script waits for them.
import type { DeferredRule, RuleText } from "../../../engine/rule.js";

const text: RuleText = {
  stage: "request",
  severity: "error",
  title: "The request's body never came whole, and the script waited for it",
  summary: "CONTENT_LENGTH promised more bytes than the client sent.",
  explanation:
    "A request says in Content-Length how many bytes its body has, and a script that reads that many waits until they are there. Here fewer came, so the script waited until the limit. The fault is the client's: a length counted in characters instead of bytes, an upload that broke off, or a program that never sends its body.",
  reference: "RFC 3875 §4.2",
  logged: [
    { server: "Apache", message: "AH01225: Error reading request entity data", answers: "408 Request Timeout" },
    { server: "lighttpd", message: null, answers: "closes the connection without an answer" },
    { server: "nginx", message: null, answers: "closes the connection without an answer" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "body-incomplete",
  text,
  when: "later",
  on: "failures",
  check: ({ outcome, env, request, process }) => {
    if (outcome !== "timeout" || process === null) return null;
    const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (!(promised > request.body.bytes)) return null;
    return {
      detail: `The client promised ${promised} bytes and sent ${request.body.bytes}. The script was ended while it waited for the rest.`,
      stream: "request",
      evidence: [
        { kind: "variable", name: "CONTENT_LENGTH", value: String(promised) },
        { kind: "quote", of: "request body", text: `${request.body.bytes} bytes came` },
      ],
    };
  },
};
