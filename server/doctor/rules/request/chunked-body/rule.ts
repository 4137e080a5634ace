// A chunked request body has no length in advance, and servers differ over CONTENT_LENGTH.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { isBodyTyped } from "../../../evidence/late-body.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The request body is chunked: Apache sets no CONTENT_LENGTH",
  summary:
    "CGI Workbench buffers the body and sets its length. Apache leaves `CONTENT_LENGTH` unset, and a script that relies on it gets an empty form.",
  explanation:
    "A client that does not know the length of its data sends it in chunks, without `Content-Length`. CGI has no such form. CGI Workbench, lighttpd and nginx buffer the whole body first and set its length. Apache starts the script at once and leaves `CONTENT_LENGTH` unset, so a script that reads that many bytes reads none. A script that has to work there must read to the end of standard input if the variable is missing.",
  reference: "RFC 3875 §4.1.2",
  logged: [
    apache.silent("CONTENT_LENGTH unset; the body ends at end of file"),
    lighttpd.silent("CONTENT_LENGTH set"),
    nginx.silent("CONTENT_LENGTH set"),
  ],
  check: ({ request, client, held }) => {
    if (client.from === "cli" || isBodyTyped({ held })) return null; // our own command line does not know the length of its input
    const index = request.headers.findIndex(
      ([name, value]) => name.length === 17 && name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value),
    );
    if (index < 0) return null;
    return {
      detail: `The body arrived in chunks, ${request.body.bytes} bytes in total. Under Apache the script has no \`CONTENT_LENGTH\` and must read to the end of its input.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_LENGTH", value: String(request.body.bytes) }],
    };
  },
};
