// The grammar of a request's head: what is taken, what is refused, at which byte, and the pieces that a window colours.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../../server/protocol/byte-string.js";
import { type HeadPolicy, headersOf, readHead } from "../../../../server/protocol/http1/head-grammar.js";
import { malformedHeads } from "../../../support/requests/cases.js";

const usual: HeadPolicy = { foldedRequestHeader: "join", bareLineFeed: "accept" };
const strict: HeadPolicy = { foldedRequestHeader: "reject", bareLineFeed: "reject" };
const read = (head: string, policy = usual) => readHead(byteString(head), policy);
const requestOf = (head: string, policy = usual) => {
  const result = read(head, policy);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.fault)}`);
  return result.request;
};
const faultOf = (head: string, policy = usual) => {
  const result = read(head, policy);
  if (result.ok) throw new Error(`taken: ${JSON.stringify(result.request)}`);
  return result.fault;
};
/** A head with these header lines. */
const withLines = (...lines: string[]) => ["GET / HTTP/1.1", ...lines, "", ""].join("\r\n");

describe("taken", () => {
  test("request line and header lines", () => {
    expect(requestOf("GET /a?b=1 HTTP/1.1\r\nHost: x\r\nA:b\r\nEmpty:\r\nC: \t d e \t\r\n\r\n")).toEqual({
      method: "GET",
      target: "/a?b=1",
      httpVersion: "1.1",
      headers: [
        ["Host", "x"],
        ["A", "b"],
        ["Empty", ""],
        ["C", "d e"],
      ],
    });
  });

  test.each(["FOO", "QUERY", "M.x_y~1", "get", "*"])("the method %s: any token is one (RFC 9110 §9.1)", (method) => {
    expect(requestOf(`${method} / HTTP/1.1\r\n\r\n`).method).toBe(method);
  });

  test.each(["/x?name=J\xc3\xbcrgen", "/x?name=J\xfcrgen", "/\x80\xff"])("bytes above 0x7F in the target", (target) => {
    expect(requestOf(`GET ${target} HTTP/1.1\r\n\r\n`).target).toBe(target);
  });

  test("bytes above 0x7F in a value", () => {
    expect(requestOf(withLines("A: \xe9\xff")).headers).toEqual([["A", "\xe9\xff"]]);
  });

  test("lines that end in LF alone, by policy (RFC 9112 §2.2)", () => {
    expect(requestOf("GET / HTTP/1.0\nA: b\n\n")).toMatchObject({ httpVersion: "1.0", headers: [["A", "b"]] });
  });

  test("folded lines, by policy: one space takes the place of the fold (RFC 9112 §5.2)", () => {
    expect(requestOf(withLines("A: b", " c", "\t \td ", "E: ", " f", "G: h", "  ")).headers).toEqual([
      ["A", "b c d"],
      ["E", "f"],
      ["G", "h"],
    ]);
  });
});

test.each(malformedHeads)("%j is refused: %s", (head, code, range, by) => {
  expect(faultOf(head, by === "strict" ? strict : usual)).toMatchObject({ code, range });
});

describe("properties", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(..."GET / HTTP/1.1:\r\n\t A=%?,\0\x7f\xfc"),
      fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
      fc.constantFrom("GET / HTTP/1.1\r\n", "\r\n", "\n", "A: b\r\n", " ", "HTTP/1.0"),
    ),
    maxLength: 60,
  });

  test("any bytes are read or refused, and what is refused is marked within them", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(usual, strict), (head, policy) => {
        const result = read(head, policy);
        if (result.ok) return;
        const [from, to] = result.fault.range;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(Math.max(head.length, 1));
      }),
      { numRuns: 3000 },
    );
  });

  test("pieces come in order, and do not overlap; names and values are theirs", () => {
    fc.assert(
      fc.property(text, (lines) => {
        const head = byteString(`GET /x HTTP/1.1\r\n${lines}`);
        const pieces: [string, number, number][] = [];
        const result = readHead(head, usual, (is, from, to) => pieces.push([is, from, to]));
        let end = 0;
        for (const [, from, to] of pieces) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        if (!result.ok) return;
        const names = pieces.filter(([is]) => is === "header-name").map(([, from, to]) => head.slice(from, to));
        expect(names).toEqual(result.request.headers.map(([name]) => name));
      }),
      { numRuns: 3000 },
    );
  });
});

const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
const value = fc.stringMatching(/^(?:[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff\t]{0,30}[\x21-\x7e\x80-\xff])?)?$/);
const blanks = fc.stringMatching(/^[ \t]{0,3}$/);

test("headers come back as they were sent, without the white space round their values", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value, blanks, blanks)), fc.constantFrom("\r\n", "\n"), (fields, end) => {
      const lines = fields.map(([key, text, before, after]) => `${key}:${before}${text}${after}${end}`);
      expect(headersOf(byteString(`GET /a:b?c HTTP/1.1${end}${lines.join("")}${end}`))).toEqual(
        fields.map(([key, text]) => [key, text]),
      );
    }),
  );
});
