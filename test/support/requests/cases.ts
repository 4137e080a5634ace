// Requests that are wrong in one known way, each with the code that refuses it and the bytes that prove it.
import type { RequestFaultCode } from "../../../server/protocol/http1/request-fault.js";

type Range = readonly [from: number, to: number];

/** A head with these header lines. */
const withLines = (...lines: string[]) => ["GET / HTTP/1.1", ...lines, "", ""].join("\r\n");

/** Heads; the last column: refused by the strict policy alone. */
export const malformedHeads: readonly [head: string, code: RequestFaultCode, range: Range, by?: "strict"][] = [
  ["\x16\x03\x01", "not-http", [0, 1]],
  ["(/ HTTP/1.1\r\n\r\n", "not-http", [0, 1]],
  ["GET\r\n", "request-line-incomplete", [3, 3]],
  ["hello\n", "request-line-incomplete", [5, 5]],
  ["GE(T / HTTP/1.1\r\n\r\n", "method-invalid", [2, 3]],
  ["GET\t/ HTTP/1.1\r\n\r\n", "method-invalid", [3, 4]],
  ["GET  / HTTP/1.1\r\n\r\n", "request-line-spaces", [4, 5]],
  ["GET /\r\n", "request-line-incomplete", [5, 5]],
  ["GET /a b HTTP/1.1\r\n\r\n", "target-invalid-byte", [6, 7]],
  ["GET /a\0b HTTP/1.1\r\n\r\n", "target-invalid-byte", [6, 7]],
  ["GET /a\x7fb HTTP/1.1\r\n\r\n", "target-invalid-byte", [6, 7]],
  ["GET / HTTP/1.1 \r\n\r\n", "target-invalid-byte", [5, 6]],
  ["GET / http/1.1\r\n\r\n", "version-invalid", [6, 14]],
  ["GET / HTTP/1.2\r\n\r\n", "version-unsupported", [6, 14]],
  ["GET / HTTP/2\r\n\r\n", "version-unsupported", [6, 12]],
  ["PRI * HTTP/2.0\r\n\r\n", "http2-preface", [6, 14]],
  ["CONNECT a:1 HTTP/1.1\r\n\r\n", "method-connect", [0, 7]],
  ["GET / HTTP/1.1\n\n", "line-feed-alone", [14, 15], "strict"],
  ["GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", "carriage-return-alone", [20, 21]],
  ["GET /\r HTTP/1.1\r\n\r\n", "target-invalid-byte", [5, 6]],
  [withLines("A b"), "header-without-colon", [16, 19]],
  [withLines(": b"), "header-name-empty", [16, 17]],
  [withLines("A : b"), "header-space-before-colon", [17, 18]],
  [withLines("A\t \t: b"), "header-space-before-colon", [17, 20]],
  [withLines("A b: c"), "header-name-invalid-byte", [17, 18]],
  [withLines("A\xfc: c"), "header-name-invalid-byte", [17, 18]],
  [withLines("A: b\0c"), "header-value-invalid-byte", [20, 21]],
  [withLines("A: b\x7f"), "header-value-invalid-byte", [20, 21]],
  [withLines(" a: b"), "header-folded-first", [16, 21]],
  [withLines("A: b", " c"), "header-folded", [22, 24], "strict"],
  [withLines("A: b", " c\0"), "header-value-invalid-byte", [24, 25]],
];

/** Bodies, and the offset of the byte that is wrong. */
export const malformedChunks: readonly [coded: string, code: RequestFaultCode, at: number][] = [
  ["\r\n", "chunk-size-invalid", 0],
  ["-1\r\n", "chunk-size-invalid", 0],
  ["+1\r\n", "chunk-size-invalid", 0],
  ["0x1\r\n", "chunk-size-invalid", 1],
  ["1\n", "chunk-size-invalid", 1],
  ["1 x\r\n", "chunk-size-invalid", 2],
  ["1 \t 2\r\n", "chunk-size-invalid", 4],
  [`${"0".repeat(20_000)}`, "chunk-extensions-too-large", 16_397],
  [`${"0".repeat(20)}12345678901234`, "chunk-size-too-large", 33],
  ["10000000000000\r\n", "chunk-size-too-large", 13],
  ["1;a\0\r\n", "chunk-extension-invalid", 3],
  ["1;a\nb", "chunk-extension-invalid", 3],
  ["1\rb", "chunk-line-end-invalid", 2],
  ["1\r\nab", "chunk-data-end-invalid", 4],
  ["1\r\na\n", "chunk-data-end-invalid", 4],
  ["1\r\na\rb", "chunk-data-end-invalid", 5],
  [`1;${"a".repeat(20_000)}\r\n`, "chunk-extensions-too-large", 16_385],
  ["0\r\n\n", "trailer-invalid", 3],
  ["0\r\nA b\r\n\r\n", "trailer-invalid", 3],
  ["0\r\nA: b\n", "trailer-invalid", 7],
];

/** A POST to /x with these header lines after Host. */
const post = (...lines: string[]) => ["POST /x HTTP/1.1", "Host: localhost", ...lines, "", ""].join("\r\n");

/** Whole requests, as they are sent to a gateway. */
export const malformedRequests: readonly [name: string, bytes: string, status: number, code: string, range?: Range][] =
  [
    ["a header without colon", "GET /x HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "header-without-colon", [17, 31]],
    ["a space before a colon", "GET /x HTTP/1.1\r\nHost : a\r\n\r\n", 400, "header-space-before-colon", [21, 22]],
    ["NUL in a value", "GET /x HTTP/1.1\r\nHost: a\0b\r\n\r\n", 400, "header-value-invalid-byte", [24, 25]],
    ["CR alone", "GET /x HTTP/1.1\r\nHost: a\rB: c\r\n\r\n", 400, "carriage-return-alone", [24, 25]],
    ["a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "target-invalid-byte", [6, 7]],
    ["HTTP/0.9", "GET /x\r\n", 400, "request-line-incomplete", [6, 6]],
    ["a head of 70 KB", `GET / HTTP/1.1\r\nA: ${"x".repeat(70_000)}\r\n\r\n`, 431, "request-head-too-large"],
    ["a target of 70 KB", `GET /${"x".repeat(70_000)} HTTP/1.1\r\n\r\n`, 414, "request-line-too-large"],
    ["two lengths", `${post("Content-Length: 3", "Content-Length: 3")}abc`, 400, "content-length-repeated", [54, 71]],
    ["a length with a sign", `${post("Content-Length: +3")}abc`, 400, "content-length-invalid", [35, 53]],
    ["a list of lengths", `${post("Content-Length: 3, 3")}abc`, 400, "content-length-invalid"],
    [
      "length and coding",
      `${post("Content-Length: 3", "Transfer-Encoding: chunked")}0\r\n\r\n`,
      400,
      "content-length-and-transfer-encoding",
      [54, 80],
    ],
    ["an unknown coding", post("Transfer-Encoding: gzip, chunked"), 501, "transfer-encoding-unknown"],
    ["chunked twice", post("Transfer-Encoding: chunked, chunked"), 400, "transfer-encoding-not-chunked-last"],
    [
      "chunked before another coding",
      post("Transfer-Encoding: chunked, gzip"),
      400,
      "transfer-encoding-not-chunked-last",
    ],
    [
      "a transfer coding in HTTP/1.0",
      "POST /x HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "transfer-encoding-in-http-1-0",
      [42, 68],
    ],
    ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 501, "method-connect", [0, 7]],
    ["TLS", "\x16\x03\x01\x02\0\x01", 400, "tls-hello", [0, 1]],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http2-preface", [6, 14]],
    ["HTTP/1.2", "GET /x HTTP/1.2\r\nHost: localhost\r\n\r\n", 505, "version-unsupported", [7, 15]],
    ["no Host", "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "host-missing"],
    ["two Hosts", "GET /x HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n", 400, "host-repeated"],
    ["a NUL in the path", "GET /a%00b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400, "target-nul"],
  ];
