// The client sent fewer bytes than its Content-Length, and the script waited for the rest.
import type { DeferredRule } from "../../../engine/rule.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The request body never arrived completely, and the script waited for it",
  summary: "`CONTENT_LENGTH` announced more bytes than the client sent.",
  explanation:
    "`Content-Length` announces how many bytes the request body has. A script that reads that many bytes waits until all of them arrive. Here fewer arrived, so the script waited until the time limit. The error is in the client: it counted characters instead of bytes, an upload broke off, or it never sent the body.",
  reference: "RFC 3875 §4.2",
  logged: [
    { server: "Apache", message: "AH01225: Error reading request entity data", response: "408 Request Timeout" },
    { server: "lighttpd", message: null, response: "closes the connection without a response" },
    { server: "nginx", message: null, response: "closes the connection without a response" },
  ],
  when: "deferred",
  on: "failures",
  check: ({ outcome, env, request, process }) => {
    if (outcome !== "timeout" || process === null) return null;
    const announced = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (!(announced > request.body.bytes)) return null;
    return {
      detail: `The client announced ${announced} bytes and sent ${request.body.bytes}. The server stopped the script while it waited for the rest.`,
      stream: "request",
      evidence: [
        { kind: "variable", name: "CONTENT_LENGTH", value: String(announced) },
        { kind: "quote", of: "request body", text: `${request.body.bytes} bytes arrived` },
      ],
    };
  },
};
