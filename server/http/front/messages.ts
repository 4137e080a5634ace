// Why a request is refused that is malformed, or not a request at all.
import { defineMessages } from "../../contract/message.js";

export const malformedMessage = defineMessages({
  "tls-handshake": "The client speaks TLS (https), and this server speaks plain HTTP: the address begins with http://.",
  "bare-line-feed":
    "The request line ends in LF alone; lines of a request end in CR LF (RFC 9112 §2.2). With printf: \\r\\n.",
  "not-http": "What came is not HTTP: it does not begin with a method.",
  connect: "CONNECT asks for a tunnel, and this server is no proxy.",
  "unknown-method": "The request line does not begin with a method that the HTTP parser knows.",
  "target-byte": "The request target holds a byte that must be percent-encoded there.",
  "unknown-version": "The request line does not end in a version of HTTP that is spoken here.",
  "no-version": "The request line does not end in HTTP/1.1 or HTTP/1.0.",
  "bad-header-line":
    "A header line is malformed: its name holds a byte that names must not hold, or there is no colon.",
  "bad-content-length": "The Content-Length field is not one number.",
  "conflicting-lengths": "The request says its body's length twice, or in two ways.",
  "bad-transfer-encoding": "The Transfer-Encoding field does not end in chunked.",
  "bad-chunk-size": "The chunked request body is malformed: a chunk does not begin with its size in hexadecimal.",
  "chunk-length-differs": "The chunked request body is malformed: a chunk is longer or shorter than its size says.",
  "request-cut-short": "The client stopped sending in the middle of the request.",
  "request-head-too-large": ({ limitBytes }: { limitBytes: number }) =>
    `The request's head is larger than ${limitBytes >> 10} KiB.`,
  "chunk-extensions-too-large": "The chunked request body has too many chunk extensions.",
  "request-head-timeout": ({ limitMs }: { limitMs: number }) =>
    `The request's head was not complete after ${limitMs / 1000} s.`,
  /** `parserCode`: node's; `parserText`: its words. */
  "malformed-request": ({ parserCode, parserText }: { parserCode: string | null; parserText: string }) =>
    `The request is malformed: ${parserText} (${parserCode ?? "no code"}).`,
  "other-http-version": ({ version }: { version: string }) =>
    `The request is one of HTTP/${version}; HTTP/1.1 and HTTP/1.0 are spoken here.`,
  "transfer-encoding-in-http-1.0":
    "An HTTP/1.0 request has a Transfer-Encoding, which that version does not know (RFC 9112 §6.1).",
  "client-gone-in-head": "The client closed the connection in the middle of the request's head.",
  "client-gone-before-turn": "The connection was closed before this pipelined request's turn came.",
});
