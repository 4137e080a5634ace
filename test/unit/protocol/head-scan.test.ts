import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { HeadScan, maxScannedHeadBytes } from "../../../server/protocol/head-scan.js";
import { anyBytes, cutAt, cuts } from "./arbitraries.js";

const bytes = (text: string) => toBytes(byteString(text));
function takeAll(scan: HeadScan): string[] {
  const heads: string[] = [];
  for (let head = scan.shift(); head !== undefined; head = scan.shift()) heads.push(head.text);
  return heads;
}

/** A request as a head and what follows it. The body is meant to look like heads. */
const body = fc.oneof(anyBytes(40), fc.constantFrom("GET / HTTP/1.1\r\n\r\n", "0\r\n\r\n", "\r\n\r\n").map(byteString));
const chunk = fc
  .tuple(body, fc.constantFrom("", ";a=b", " ", ';q="0"'), fc.boolean())
  .map(([data, extension, upper]) => {
    const size = data.length.toString(16);
    return data === "" ? "" : `${upper ? size.toUpperCase() : `0${size}`}${extension}\r\n${data}\r\n`;
  });
const request = fc
  .tuple(
    fc.constantFrom("", "\r\n", "\r\n\r\n"),
    fc.array(
      fc.constantFrom(
        "Host: a",
        "X-Content-Length: 7",
        "A:  b  ",
        "Transfer-Encodin: chunked",
        "Content-Lengt: 3",
        "X: chunked",
      ),
      { maxLength: 3 },
    ),
    fc.oneof(
      fc.constant({ field: "", rest: "" }),
      body.map((data) => ({ field: `cOntent-Length:\t ${data.length} \r\n`, rest: data as string })),
      fc
        .tuple(fc.array(chunk, { maxLength: 4 }), fc.constantFrom("", "T: 1\r\n", "T: 1\r\nU: 2\r\n"))
        .map(([chunks, trailer]) => ({
          field: "transfer-Encoding: gzip, Chunked \r\n",
          rest: `${chunks.join("")}0\r\n${trailer}\r\n`,
        })),
    ),
  )
  .map(([gap, fields, { field, rest }]) => {
    const head = `POST /x HTTP/1.1\r\n${fields.map((line) => `${line}\r\n`).join("")}${field}\r\n`;
    return { gap, head, rest };
  });

describe("HeadScan", () => {
  test("finds every head of any pipeline, cut anywhere", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 5 }), cuts, fc.boolean(), (requests, places, byByte) => {
        const wire = bytes(requests.map(({ gap, head, rest }) => gap + head + rest).join(""));
        const scan = new HeadScan();
        for (const piece of byByte ? Array.from(wire, (byte) => Uint8Array.of(byte)) : cutAt(wire, places))
          scan.feed(piece, 0);
        expect(takeAll(scan)).toEqual(requests.map(({ head }) => head));
        expect(scan.partial()).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test("gives the time of a head's first byte, not of its last nor of an empty line before it", () => {
    const scan = new HeadScan();
    scan.feed(bytes("\r\n"), 1);
    scan.feed(bytes("\r\nGET / HT"), 2);
    scan.feed(bytes("TP/1.1\r\nContent-Length: 3\r\n"), 3);
    expect(scan.shift()).toBeUndefined();
    expect(scan.partial()).toEqual({ text: "GET / HTTP/1.1\r\nContent-Length: 3\r\n", at: 2 });
    scan.feed(bytes("\r\nab"), 4);
    scan.feed(bytes("cGET"), 5);
    expect(scan.shift()).toMatchObject({ at: 2 });
    expect(scan.partial()).toEqual({ text: "GET", at: 5 });
  });

  test("a head ended by bare line feeds is one too: the parser refuses it, the trace shows it", () => {
    const scan = new HeadScan();
    scan.feed(bytes("GET / HTTP/1.0\n\n"), 0);
    expect(takeAll(scan)).toEqual(["GET / HTTP/1.0\n\n"]);
  });

  test("an endless head is kept up to the bound, in one piece or in many", () => {
    const piece = bytes(`X: ${"x".repeat(1021)}`);
    const scan = new HeadScan();
    for (let i = 0; i < 100; i++) scan.feed(piece, 0);
    expect(scan.partial()?.text.length).toBe(maxScannedHeadBytes);
    const whole = new HeadScan();
    whole.feed(bytes(`GET / HTTP/1.1\r\nX: ${"x".repeat(maxScannedHeadBytes)}\r\n\r\nGET /2 HTTP/1.1\r\n\r\n`), 0);
    expect(whole.shift()?.text.length).toBe(maxScannedHeadBytes);
    expect(takeAll(whole)).toEqual(["GET /2 HTTP/1.1\r\n\r\n"]);
  });

  test("never throws, whatever comes", () => {
    fc.assert(
      fc.property(anyBytes(300), cuts, (text, places) => {
        const scan = new HeadScan();
        for (const piece of cutAt(toBytes(text), places)) scan.feed(piece, 0);
        takeAll(scan);
      }),
    );
  });
});
