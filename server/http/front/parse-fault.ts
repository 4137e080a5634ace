// What node's HTTP parser refuses, as a status and in plain words.
import { maxRequestHeadBytes, requestHeadMs } from "./http-limits.js";

export interface ParseFault {
  readonly status: number;
  /** A plain sentence. */
  readonly why: string;
}

const faults: Readonly<Record<string, ParseFault>> = {
  CONNECT: { status: 501, why: "CONNECT asks for a tunnel, and this server is no proxy." },
  HPE_INVALID_METHOD: { status: 501, why: "The request line does not begin with a method that the HTTP parser knows." },
  HPE_INVALID_URL: { status: 400, why: "The request target holds a byte that must be percent-encoded there." },
  HPE_INVALID_VERSION: { status: 505, why: "The request line does not end in a version of HTTP that is spoken here." },
  HPE_INVALID_CONSTANT: { status: 400, why: "The request line does not end in HTTP/1.1 or HTTP/1.0." },
  HPE_INVALID_HEADER_TOKEN: {
    status: 400,
    why: "A header line is malformed: its name holds a byte that names must not hold, or there is no colon.",
  },
  HPE_INVALID_CONTENT_LENGTH: { status: 400, why: "The Content-Length field is not one number." },
  HPE_UNEXPECTED_CONTENT_LENGTH: { status: 400, why: "The request says its body's length twice, or in two ways." },
  HPE_INVALID_TRANSFER_ENCODING: { status: 400, why: "The Transfer-Encoding field does not end in chunked." },
  HPE_INVALID_CHUNK_SIZE: {
    status: 400,
    why: "The chunked request body is malformed: a chunk does not begin with its size in hexadecimal.",
  },
  HPE_STRICT: {
    status: 400,
    why: "The chunked request body is malformed: a chunk is longer or shorter than its size says.",
  },
  HPE_INVALID_EOF_STATE: { status: 400, why: "The client stopped sending in the middle of the request." },
  HPE_HEADER_OVERFLOW: { status: 431, why: `The request's head is larger than ${maxRequestHeadBytes >> 10} KiB.` },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, why: "The chunked request body has too many chunk extensions." },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    why: `The request's head was not complete after ${requestHeadMs / 1000} s.`,
  },
};

const tlsHandshake = "\x16\x03";
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** For the error of `clientError`, or the word CONNECT. `head`: what came of the request's head. */
export function parseFault(error: { readonly code?: string; readonly message: string }, head: string): ParseFault {
  if (head.startsWith(tlsHandshake))
    return {
      status: 400,
      why: "The client speaks TLS (https), and this server speaks plain HTTP: the address begins with http://.",
    };
  if (/^[^\r\n]*\n/.test(head))
    return {
      status: 400,
      why: "The request line ends in LF alone; lines of a request end in CR LF (RFC 9112 §2.2). With printf: \\r\\n.",
    };
  if (error.code === "HPE_INVALID_METHOD" && !token.test(head.split(/[ \r\n]/, 1)[0] ?? ""))
    return { status: 400, why: "What came is not HTTP: it does not begin with a method." };
  return (
    faults[error.code ?? ""] ?? {
      status: 400,
      why: `The request is malformed: ${error.message.replace(/^Parse Error: /, "")} (${error.code ?? "no code"}).`,
    }
  );
}
