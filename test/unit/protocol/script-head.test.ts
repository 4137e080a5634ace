import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import {
  maxScriptFields,
  maxScriptHeadBytes,
  type ScriptHead,
  ScriptHeadParser,
} from "../../../server/protocol/script-head.js";
import { coded } from "../../support/coded.js";
import { anyBytes, bytesOver, cutAt, cuts } from "./arbitraries.js";

function parsePieces(pieces: readonly Uint8Array[]): ScriptHead {
  const parser = new ScriptHeadParser();
  for (const piece of pieces) {
    const head = parser.push(piece);
    if (head !== null) return head;
  }
  return parser.end();
}
const parse = (output: string): ScriptHead => parsePieces([toBytes(byteString(output))]);
/** Spans with their bytes, for reading. */
const pieces = (output: string) => parse(output).spans.map(({ from, to, is }) => [is, output.slice(from, to)]);

describe("ScriptHeadParser, RFC 3875 §6", () => {
  test("fields, spans and where the body begins", () => {
    const output = "Content-Type: text/html \r\nX-A:\t1\nEmpty:\n\nbody: no field\n\n";
    expect(parse(output)).toMatchObject({
      fields: [
        ["Content-Type", "text/html"],
        ["X-A", "1"],
        ["Empty", ""],
      ],
      bodyOffset: output.indexOf("body"),
      statusLine: null,
      problem: null,
      tolerated: null,
    });
    expect(pieces(output)).toEqual([
      ["name", "Content-Type"],
      ["colon", ":"],
      ["space", " "],
      ["value", "text/html"],
      ["space", " "],
      ["line-end", "\r\n"],
      ["name", "X-A"],
      ["colon", ":"],
      ["space", "\t"],
      ["value", "1"],
      ["line-end", "\n"],
      ["name", "Empty"],
      ["colon", ":"],
      ["line-end", "\n"],
      ["empty-line", "\n"],
    ]);
  });

  test.each(["\n", "\r\n"])("C50: an empty line is %j; the head may be nothing else", (end) => {
    expect(parse(`${end}x`)).toMatchObject({ fields: [], bodyOffset: end.length, problem: null });
  });

  test("bytes above 0x7F in a value are bytes", () => {
    expect(parse("X-Name: M\xfcller \xc3\xbc\n\n").fields).toEqual([["X-Name", "M\xfcller \xc3\xbc"]]);
  });

  test("C58: an HTTP status line that comes first is understood and said", () => {
    const output = "HTTP/1.1 404 Not here \r\nContent-Type: a/b\r\n\r\n";
    expect(parse(output)).toMatchObject({
      statusLine: { status: 404, reason: "Not here" },
      problem: null,
      tolerated: coded("http-status-line"),
    });
    expect(pieces(output)[0]).toEqual(["status-line", "HTTP/1.1 404 Not here "]);
    expect(parse("HTTP/2 200\n\n").statusLine).toEqual({ status: 200, reason: "" });
    expect(parse("HTTP/1.1 200 \t \n\n").statusLine).toEqual({ status: 200, reason: "" });
    expect(parse("HTTP/1.1\t200  voil\xc3\xa0\t\n\n").statusLine).toEqual({ status: 200, reason: "voil\xc3\xa0" });
    expect(parse("A: b\nHTTP/1.1 404 x\n\n").problem?.at).toBe(5);
    expect(parse("HTTP/1.1 abc\n\n").problem?.at).toBe(0);
  });

  test.each([
    ["", 0, "no-output"],
    ["Content-Type: text/html\n", 24, "no-empty-line"],
    ["Content-Type: text/html", 23, "no-empty-line"],
    ["Content-Type: text/html\r\n\r", 25, "no-empty-line"],
    ["\xef\xbb\xbfContent-Type: a/b\n\n", 0, "byte-order-mark"],
    ["\xff\xfeC\0o\0\n\0", 0, "utf-16"],
    ["debug here\nContent-Type: a/b\n\n", 0, "no-colon"],
    ["A: b\n<h1>Hello</h1>\n", 5, "markup"],
    ["<!-- oops: x -->\n", 0, "markup"],
    ["Content-Type : a/b\n\n", 0, "space-before-colon"],
    ["A: b\n folded\n\n", 5, "folded-field"],
    [": x\n\n", 0, "no-field-name"],
    ["Traceback (most recent call last):\n", 0, "bad-field-name"],
    ["A: b\rC: d\r\rbody", 0, "carriage-return"],
    ["A: b\r\r\n\r\r\n", 0, "carriage-return"],
    ["\x89PNG\r\n\x1a\n\0", 0, "no-colon"],
    ["\0\x01\n", 0, "binary-data"],
  ])("what is wrong with %j: at %i, %s", (output, at, why) => {
    const head = parse(output);
    expect(head.problem).toEqual({ at, why: coded(why) });
    expect(head.bodyOffset).toBe(at);
  });

  test("fields before the problem are kept, a last line without an end included", () => {
    expect(parse("A: b\nbroken\n").fields).toEqual([["A", "b"]]);
    expect(parse("A: b\nC: d").fields).toEqual([
      ["A", "b"],
      ["C", "d"],
    ]);
  });

  test("C69: 64 KiB of head are enough for anybody, to the byte", () => {
    const head = (bytes: number) => `X: ${"x".repeat(bytes - 5)}\n\n`;
    expect(parse(head(maxScriptHeadBytes))).toMatchObject({ problem: null, bodyOffset: maxScriptHeadBytes });
    expect(parse(head(maxScriptHeadBytes + 1)).problem?.why).toEqual(
      coded("head-too-large", { limitBytes: maxScriptHeadBytes }),
    );
    const parser = new ScriptHeadParser();
    const block = new Uint8Array(1000).fill(0x61);
    let pushed = 0;
    while (parser.push(block) === null) pushed += block.length;
    expect(pushed).toBeLessThanOrEqual(maxScriptHeadBytes);
    expect(new ScriptHeadParser().push(new Uint8Array(maxScriptHeadBytes - 1).fill(0x61))).toBeNull();
    // Not with the byte after it.
    expect(new ScriptHeadParser().push(new Uint8Array(maxScriptHeadBytes).fill(0x61))).not.toBeNull();
    expect(parse("a:\n".repeat(maxScriptFields + 1))).toMatchObject({ problem: { at: 3 * maxScriptFields } });
  });

  test("answers as soon as it can, and the same for ever", () => {
    const parser = new ScriptHeadParser();
    expect(parser.push(toBytes(byteString("A: b\n")))).toBeNull();
    const head = parser.push(toBytes(byteString("\nbody")));
    expect(head).not.toBeNull();
    expect(parser.push(toBytes(byteString("more")))).toBe(head);
    expect(parser.end()).toBe(head);
  });
});

const output: fc.Arbitrary<ByteString> = fc.oneof(
  anyBytes(),
  bytesOver("aA-:: \t\r\n\n\xfc", 60),
  fc
    .array(
      fc.constantFrom(
        "Content-Type: a/b",
        "Status: 404 x",
        "Location: /x",
        "X:",
        "HTTP/1.1 200 OK",
        "bad line",
        " fold",
        "",
        "",
        "a :b",
        "b: c\rd",
      ),
      {
        maxLength: 8,
      },
    )
    .chain((lines) =>
      fc
        .array(fc.constantFrom("\n", "\r\n", "\r\r\n"), { minLength: lines.length, maxLength: lines.length })
        .map((ends) => byteString(lines.map((line, i) => line + (ends[i] ?? "")).join(""))),
    ),
);

describe("ScriptHeadParser, whatever comes", () => {
  test("any cut into pieces gives the same head, C50", () => {
    fc.assert(
      fc.property(output, cuts, (text, places) => {
        const bytes = toBytes(text);
        const whole = parsePieces([bytes]);
        expect(parsePieces(cutAt(bytes, places))).toEqual(whole);
        expect(parsePieces(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  test("any cut of a head at the bound gives the same head", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom("\n", "\r\n", "y", "\ny"),
        cuts,
        (extra, end, places) => {
          const bytes = toBytes(byteString(`X: ${"x".repeat(maxScriptHeadBytes - 6 + extra)}\n${end}${end}`));
          expect(parsePieces(cutAt(bytes, places))).toEqual(parsePieces([bytes]));
        },
      ),
    );
  });

  test("spans cover the head without gaps and give its fields back", () => {
    fc.assert(
      fc.property(output, (text) => {
        const { spans, bodyOffset, fields, problem } = parse(text);
        let at = 0;
        for (const span of spans) {
          expect(span.from).toBe(at);
          expect(span.to).toBeGreaterThan(at);
          at = span.to;
        }
        if (problem === null) expect(at).toBe(bodyOffset);
        expect(at).toBeLessThanOrEqual(text.length);
        expect(spans.filter(({ is }) => is === "name").map(({ from, to }) => text.slice(from, to))).toEqual(
          fields.map(([name]) => name),
        );
        expect(spans.filter(({ is }) => is === "value").map(({ from, to }) => text.slice(from, to))).toEqual(
          fields.map(([, value]) => value).filter((value) => value !== ""),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test("nothing after the empty line is ever looked at", () => {
    fc.assert(
      fc.property(output, anyBytes(), (text, rest) => {
        const head = parse(text);
        if (head.problem !== null) return;
        expect(parse(text.slice(0, head.bodyOffset) + rest)).toEqual(head);
      }),
    );
  });

  test("the input may be reused as soon as push returns", () => {
    fc.assert(
      fc.property(output, cuts, (text, places) => {
        const bytes = toBytes(text);
        const parser = new ScriptHeadParser();
        let head: ScriptHead | null = null;
        for (const piece of cutAt(bytes, places)) {
          const reused = piece.slice();
          head ??= parser.push(reused);
          reused.fill(0x0a);
        }
        expect(head ?? parser.end()).toEqual(parse(text));
      }),
    );
  });
});
