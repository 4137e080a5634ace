// What node's HTTP parser refuses, as a status and a reason.
import type { Message } from "../../contract/message.js";
import { maxRequestHeadBytes, requestHeadMs } from "./http-limits.js";
import { malformedMessage } from "./messages.js";

export interface ParseFault {
  readonly status: number;
  readonly why: Message;
}

const faults: Readonly<Record<string, ParseFault>> = {
  CONNECT: { status: 501, why: malformedMessage("connect") },
  HPE_INVALID_METHOD: { status: 501, why: malformedMessage("unknown-method") },
  HPE_INVALID_URL: { status: 400, why: malformedMessage("target-byte") },
  HPE_INVALID_VERSION: { status: 505, why: malformedMessage("unknown-version") },
  HPE_INVALID_CONSTANT: { status: 400, why: malformedMessage("no-version") },
  HPE_INVALID_HEADER_TOKEN: { status: 400, why: malformedMessage("bad-header-line") },
  HPE_INVALID_CONTENT_LENGTH: { status: 400, why: malformedMessage("bad-content-length") },
  HPE_UNEXPECTED_CONTENT_LENGTH: { status: 400, why: malformedMessage("conflicting-lengths") },
  HPE_INVALID_TRANSFER_ENCODING: { status: 400, why: malformedMessage("bad-transfer-encoding") },
  HPE_INVALID_CHUNK_SIZE: { status: 400, why: malformedMessage("bad-chunk-size") },
  HPE_STRICT: { status: 400, why: malformedMessage("chunk-length-differs") },
  HPE_INVALID_EOF_STATE: { status: 400, why: malformedMessage("request-cut-short") },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    why: malformedMessage("request-head-too-large", { limitBytes: maxRequestHeadBytes }),
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, why: malformedMessage("chunk-extensions-too-large") },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, why: malformedMessage("request-head-timeout", { limitMs: requestHeadMs }) },
};

const tlsHandshake = "\x16\x03";
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** For the error of `clientError`, or the word CONNECT. `head`: what came of the request's head. */
export function parseFault(error: { readonly code?: string; readonly message: string }, head: string): ParseFault {
  if (head.startsWith(tlsHandshake)) return { status: 400, why: malformedMessage("tls-handshake") };
  if (/^[^\r\n]*\n/.test(head)) return { status: 400, why: malformedMessage("bare-line-feed") };
  if (error.code === "HPE_INVALID_METHOD" && !token.test(head.split(/[ \r\n]/, 1)[0] ?? ""))
    return { status: 400, why: malformedMessage("not-http") };
  const parserText = error.message.replace(/^Parse Error: /, "");
  return (
    faults[error.code ?? ""] ?? {
      status: 400,
      why: malformedMessage("malformed-request", { parserCode: error.code ?? null, parserText }),
    }
  );
}
