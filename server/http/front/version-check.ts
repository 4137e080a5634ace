// Requests that node's parser lets pass although their version rules them out: another HTTP than 1.0 and 1.1, and a transfer coding
// in 1.0, which some on the way would have read otherwise (RFC 9112 §6.1: request smuggling).
import type { IncomingMessage } from "node:http";
import type { Message } from "../../contract/message.js";
import { malformedMessage } from "./messages.js";

export interface VersionFault {
  readonly status: 400 | 505;
  readonly why: Message;
}

/** After such a request the connection is to be closed. */
export function checkVersion({ httpVersion, headers }: IncomingMessage): VersionFault | null {
  if (httpVersion !== "1.0" && httpVersion !== "1.1")
    return { status: 505, why: malformedMessage("other-http-version", { version: httpVersion }) };
  if (httpVersion === "1.0" && headers["transfer-encoding"] !== undefined)
    return {
      status: 400,
      why: malformedMessage("transfer-encoding-in-http-1.0"),
    };
  return null;
}
