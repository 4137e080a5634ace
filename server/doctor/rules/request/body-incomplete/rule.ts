// The client sent fewer bytes than its Content-Length, and the script waited for the rest.

import { responderKind } from "../../../../http/exchange/classify-outcome.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { announcedBytes, isBodyLate } from "../../../evidence/late-body.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The request body never arrived completely, and the script waited for it",
  summary: "`CONTENT_LENGTH` announced more bytes than the client sent.",
  explanation:
    "`Content-Length` announces how many bytes the request body has. A script that reads that many bytes waits until all of them arrive. Here fewer arrived, so the script waited until the time limit. The error is in the client: it counted characters instead of bytes, an upload broke off, or it never sent the body.",
  reference: "RFC 3875 §4.2",
  logged: [
    apache.says("AH01225: Error reading request entity data", 408),
    lighttpd.silent("closes the connection without a response"),
    nginx.silent("closes the connection without a response"),
  ],
  on: "failures",
  check: (facts) => {
    if (!isBodyLate(facts)) return null;
    const { bytes } = facts.request.body;
    const announced = announcedBytes(facts);
    const arrived = { kind: "quote", of: "request body", text: `${bytes} bytes arrived` } as const;
    if (facts.env === null)
      return {
        title: "The request body never arrived completely",
        detail: `The client sent ${bytes} bytes of a chunked request body, and never its end. The script did not start: it needs the length of the whole body.`,
        stream: "request",
        evidence: [arrived],
      };
    return {
      detail: `The client announced ${announced} bytes and sent ${bytes}. The server ended the request while the ${responderKind(facts.route)} waited for the rest.`,
      stream: "request",
      evidence: [{ kind: "variable", name: "CONTENT_LENGTH", value: String(announced) }, arrived],
    };
  },
};
