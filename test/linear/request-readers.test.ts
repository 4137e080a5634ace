// Reading a request takes linear time whatever shape it has. All sizes are within the bounds of the front.
import { describe, expect, test } from "vitest";
import { growth, linearAtMost, ratio } from "../support/growth.js";
import { readByFront } from "../support/requests/read-connection.js";

const get = (fields: string) => `GET / HTTP/1.1\r\n${fields}\r\n`;
const post = (body: string) => `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${body}0\r\n\r\n`;
const trailers = (lines: string) => `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${lines}\r\n`;

/** `bytes`: about how long the part is that grows, in the small request. */
type Shape = readonly [name: string, bytes: number, make: (bytes: number) => string];

const shapes: readonly Shape[] = [
  ["many small fields", 3750, (bytes) => get("a:\r\n".repeat(bytes / 4))],
  ["many small fields that end in LF alone", 3750, (bytes) => get("a:\n".repeat(bytes / 3))],
  ["many small fields and a control byte behind them", 3750, (bytes) => get(`${"a:\r\n".repeat(bytes / 4)}a:\0\r\n`)],
  ["one large field", 3750, (bytes) => get(`a: ${"b".repeat(bytes)}\r\n`)],
  ["one field of blanks", 3750, (bytes) => get(`a: ${" ".repeat(bytes)}\r\n`)],
  ["one field that goes to and fro between blanks", 3750, (bytes) => get(`a: ${"b ".repeat(bytes / 2)}\r\n`)],
  ["folded lines", 3750, (bytes) => get(`a: b\r\n${" c\r\n".repeat(bytes / 4)}`)],
  ["blank folded lines", 3750, (bytes) => get(`a: b\r\n${" \r\n".repeat(bytes / 3)}`)],
  ["blank lines before a request", 25_000, (bytes) => `${"\r\n".repeat(bytes / 2)}${get("")}`],
  ["one large target", 3750, (bytes) => `GET /${"a".repeat(bytes)} HTTP/1.1\r\n\r\n`],
  ["a target of spaces", 3750, (bytes) => `GET /${" ".repeat(bytes)} HTTP/1.1\r\n\r\n`],
  ["many lengths", 3750, (bytes) => get("Content-Length: 0\r\n".repeat(bytes / 19))],
  ["many codings", 3750, (bytes) => get(`Transfer-Encoding: ${"a,".repeat(bytes / 2)}chunked\r\n`)],
  ["blanks within a coding", 3750, (bytes) => get(`Transfer-Encoding: a${" ".repeat(bytes)}b\r\n`)],
  ["many connection options", 3750, (bytes) => get(`Connection: ${"a,".repeat(bytes / 2)}close\r\n`)],
  ["many tiny chunks", 12_500, (bytes) => post("1\r\na\r\n".repeat(bytes / 6))],
  ["one large chunk", 25_000, (bytes) => post(`${bytes.toString(16)}\r\n${"a".repeat(bytes)}\r\n`)],
  ["chunk extensions", 1000, (bytes) => post("1;aaaa\r\na\r\n".repeat(bytes / 5))],
  ["one large chunk extension", 1000, (bytes) => post(`1;${"a".repeat(bytes)}\r\na\r\n`)],
  ["zeros before a chunk size", 1000, (bytes) => post(`${"0".repeat(bytes)}1\r\na\r\n`)],
  ["many trailers", 1000, (bytes) => trailers("a:\r\n".repeat(bytes / 4))],
  ["folded trailers", 1000, (bytes) => trailers(`a: b\r\n${" c\r\n".repeat(bytes / 4)}`)],
  ["pipelined requests", 12_500, (bytes) => get("").repeat(bytes / 18)],
  ["requests behind the last one", 12_500, (bytes) => get("Connection: close\r\n") + get("").repeat(bytes / 18)],
];

/** What one read of the socket brings at most. */
const readBytes = 64 << 10;
const inReads = (request: Buffer) =>
  Array.from({ length: Math.ceil(request.length / readBytes) }, (_, at) =>
    request.subarray(at * readBytes, (at + 1) * readBytes),
  );

/** One read of the socket each. */
const maxPieces = 3750;

/**
 * The same objects again and again: a new one for each byte would measure how many of them the processor's cache holds.
 */
const pieceOf = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const inBytes = (request: Buffer) => Array.from(request, (byte) => pieceOf[byte] ?? request);

describe.each(shapes)("%s", (_name, bytes, make) => {
  const request = (size: number) => Buffer.from(make(size), "latin1");

  test("in reads as large as can be", () => {
    const [once, more] = [inReads(request(bytes)), inReads(request(growth * bytes))];
    expect(ratio(once, more, (pieces) => readByFront(pieces))).toBeLessThan(linearAtMost);
  });

  test("a byte at a time", () => {
    const small = Math.min(bytes, maxPieces);
    const [once, more] = [inBytes(request(small)), inBytes(request(growth * small))];
    expect(ratio(once, more, (pieces) => readByFront(pieces))).toBeLessThan(linearAtMost);
  });
});
