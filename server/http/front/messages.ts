// Why a request never reaches the gateway: what the reader refused, and what a connection dropped.
import { defineMessages, type Message } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";
import { type RequestFaultCode, requestFaultStatus } from "../../protocol/http1/request-fault.js";
import { maxHeldBytes, maxRequestHeadBytes, minUploadBytesPerSecond, requestHeadMs } from "./http-limits.js";

/** The bytes that are wrong: offsets in the head, or in a chunked body as it came. */
type Bytes = { readonly from: number; readonly to: number };
/** A sentence that needs no data, for a fault whose bytes the window marks. */
const at =
  (sentence: string) =>
  (_: Bytes): string =>
    sentence;

/** Why the reader refused a request. */
export const requestFaultMessage = defineMessages({
  "not-http": at("What came is not HTTP: it does not begin with a method."),
  "tls-hello": at("The client speaks TLS (https). This server speaks plain HTTP: the address begins with http://."),
  "http2-preface": at("The client speaks HTTP/2 (RFC 9113 §3.4). This server speaks HTTP/1.1 and HTTP/1.0."),
  "method-invalid": at("The method is not followed by a space: a method is a token (RFC 9110 §9.1)."),
  "method-connect": at("CONNECT asks for a tunnel. This server is not a proxy."),
  "request-line-incomplete": at(
    "The request line has no target or no version. Write: GET /path HTTP/1.1 (RFC 9112 §3).",
  ),
  "request-line-spaces": at("The request line has more than one space between its parts (RFC 9112 §3)."),
  "target-invalid-byte": at("The request target holds a space or a control byte. Percent-encode it (RFC 9112 §3.2)."),
  "version-invalid": at("The request line does not end in HTTP/1.1 or HTTP/1.0 (RFC 9112 §2.3)."),
  "version-unsupported": at("The request asks for a version of HTTP that this server does not speak. Use HTTP/1.1."),
  "line-feed-alone": at(
    "A line of the request's head ends in LF alone, which policy.bareLineFeed refuses. With printf, write \\r\\n.",
  ),
  "carriage-return-alone": at("The request's head holds a carriage return that ends no line (RFC 9112 §2.2)."),
  "header-folded": at(
    "A header is continued on the next line, which policy.foldedRequestHeader refuses (RFC 9112 §5.2).",
  ),
  "header-folded-first": at(
    "The first header line begins with a space, as if it continued another one (RFC 9112 §2.2).",
  ),
  "header-without-colon": at("A header line has no colon (RFC 9112 §5)."),
  "header-name-empty": at("A header line has no name before its colon (RFC 9112 §5)."),
  "header-name-invalid-byte": at("A header name holds a byte that no name may hold (RFC 9110 §5.1)."),
  "header-space-before-colon": at(
    "A header name is followed by a space before its colon, which servers read in different ways (RFC 9112 §5.1).",
  ),
  "header-value-invalid-byte": at("A header value holds a control byte (RFC 9110 §5.5)."),
  "request-line-too-large": at(`The request line is larger than ${maxRequestHeadBytes >> 10} KiB.`),
  "request-head-too-large": at(
    `The request line and headers together are larger than ${maxRequestHeadBytes >> 10} KiB.`,
  ),
  "content-length-invalid": at("Content-Length is not one whole number (RFC 9112 §6.3)."),
  "content-length-repeated": at("The request has more than one Content-Length (RFC 9112 §6.3)."),
  "content-length-and-transfer-encoding": at(
    "The request has both Content-Length and Transfer-Encoding: servers disagree on where its body ends (RFC 9112 §6.1).",
  ),
  "transfer-encoding-in-http-1-0": at(
    "An HTTP/1.0 request has a Transfer-Encoding, which that version does not know (RFC 9112 §6.1).",
  ),
  "transfer-encoding-not-chunked-last": at(
    "The last coding in Transfer-Encoding must be chunked, and it must appear once (RFC 9112 §6.1).",
  ),
  "transfer-encoding-unknown": at("Transfer-Encoding names a coding that this server does not know (RFC 9112 §6.1)."),
  "chunk-size-invalid": at("A chunk of the request body does not begin with its size in hexadecimal (RFC 9112 §7.1)."),
  "chunk-size-too-large": at("A chunk of the request body has a size that is too large to count (RFC 9112 §7.1)."),
  "chunk-extension-invalid": at("A chunk extension of the request body holds a control byte (RFC 9112 §7.1.1)."),
  "chunk-extensions-too-large": at("The chunk extensions of the request body are too large (RFC 9112 §7.1.1)."),
  "chunk-line-end-invalid": at("A chunk's size line does not end in CR LF (RFC 9112 §7.1)."),
  "chunk-data-end-invalid": at("A chunk of the request body is longer or shorter than its size says (RFC 9112 §7.1)."),
  "trailer-invalid": at("A trailer line after the request body is malformed (RFC 9112 §7.1.2)."),
  "trailers-too-large": at("The trailers after the request body are too large."),
});

/** Why a connection gave a request up. */
export const connectionMessage = defineMessages({
  "head-timeout": `The request's head was not complete after ${requestHeadMs / 1000} s.`,
  "head-incomplete": "The client stopped sending in the middle of the request's head.",
  "body-incomplete": "The client stopped sending in the middle of the request body.",
  "body-too-slow": `The client sent less than ${minUploadBytesPerSecond} bytes of its request body per second, while other requests waited.`,
  "too-much-held": `Clients have more than ${maxHeldBytes >> 20} MiB of unfinished requests and unread responses under way.`,
  "closed-in-head": "The client closed the connection in the middle of the request's head.",
  "closed-before-turn": "The connection was closed before this pipelined request's turn came.",
});

/** The status of each; null: there is no client to respond to. */
const connectionStatus = {
  "head-timeout": 408,
  "head-incomplete": 400,
  "body-incomplete": 400,
  "body-too-slow": 408,
  "too-much-held": 503,
  "closed-in-head": null,
  "closed-before-turn": null,
} as const;
export type ConnectionFaultCode = keyof typeof connectionStatus;

/** What a connection has to say of a request that it does not hand on. */
export interface FrontFault {
  readonly status: number | null;
  readonly cause: Message;
}

export const faultOf = (code: RequestFaultCode, [from, to]: readonly [number, number]): FrontFault => ({
  status: requestFaultStatus[code],
  cause: requestFaultMessage(code, { from, to }),
});

export const connectionFault = (code: ConnectionFaultCode): FrontFault => ({
  status: connectionStatus[code],
  cause: connectionMessage(code),
});

type Address = { readonly host: string; readonly port: number };

/** Why the script server cannot listen. */
export const listenMessage = defineProblems({
  "port-in-use": {
    message: ({ host, port }: Address) => `Port ${port} on ${host} is in use by another program.`,
    fix: "Choose another port, or end that program.",
  },
  "port-not-permitted": {
    message: ({ port }: Address) => `Port ${port} needs more rights than you have.`,
    fix: "Choose a port above 1023.",
  },
  "no-such-address": {
    message: ({ host }: Address) => `This machine has no address ${host}.`,
    fix: "Correct --host, or server.host in cgi-workbench.json; 127.0.0.1 is always there.",
  },
  "cannot-listen": {
    message: ({ host, port, systemText }: Address & { readonly systemText: string }) =>
      `Listening on ${host}:${port} failed: ${systemText}`,
  },
});
