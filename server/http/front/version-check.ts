// Requests that node's parser lets pass although their version rules them out: another HTTP than 1.0 and 1.1, and a transfer coding
// in 1.0, which some on the way would have read otherwise (RFC 9112 §6.1: request smuggling).
import type { IncomingMessage } from "node:http";

export interface VersionFault {
  readonly status: 400 | 505;
  /** A plain sentence. */
  readonly why: string;
}

/** After such a request the connection is to be closed. */
export function checkVersion({ httpVersion, headers }: IncomingMessage): VersionFault | null {
  if (httpVersion !== "1.0" && httpVersion !== "1.1")
    return { status: 505, why: `The request is one of HTTP/${httpVersion}; HTTP/1.1 and HTTP/1.0 are spoken here.` };
  if (httpVersion === "1.0" && headers["transfer-encoding"] !== undefined)
    return {
      status: 400,
      why: "An HTTP/1.0 request has a Transfer-Encoding, which that version does not know (RFC 9112 §6.1).",
    };
  return null;
}
