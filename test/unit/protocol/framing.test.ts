import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { frame } from "../../../server/protocol/framing.js";
import type { HeaderPair } from "../../../server/protocol/request.js";
import { coded } from "../../support/coded.js";
import { anyBytes } from "./arbitraries.js";

const b = byteString;
type Pairs = readonly (readonly [string, string])[];
const pairs = (headers: Pairs): HeaderPair[] => headers.map(([name, value]) => [b(name), b(value)]);
interface Options {
  readonly status?: number;
  readonly reason?: string;
  readonly method?: string;
  readonly httpVersion?: "1.0" | "1.1";
  readonly length?: number | null;
}
const framed = (
  headers: Pairs,
  { status = 200, reason = "", method = "GET", httpVersion = "1.1", length = null }: Options = {},
) => frame({ status, reason: b(reason), headers: pairs(headers) }, { method: b(method), httpVersion }, length);
const names = (list: readonly (readonly [string, unknown])[]) => list.map(([name]) => name);

describe("frame: how the end of the body is marked, RFC 9112 §6", () => {
  test("nothing known: chunked for HTTP/1.1, close for 1.0", () => {
    expect(framed([["Content-Type", "a/b"]])).toMatchObject({
      headers: [
        ["Content-Type", "a/b"],
        ["Transfer-Encoding", "chunked"],
      ],
      framing: "chunked",
      bodyBytes: null,
    });
    expect(framed([], { httpVersion: "1.0" })).toMatchObject({
      headers: [["Connection", "close"]],
      framing: "close",
      bodyBytes: null,
    });
  });

  test("C65: the script's length holds while the body's is not known, the body's when it is", () => {
    expect(framed([["content-length", "9"]])).toMatchObject({
      headers: [["Content-Length", "9"]],
      framing: "length",
      bodyBytes: 9,
      changed: [],
      added: [],
    });
    expect(framed([["Content-Length", "9"]], { length: 4 })).toMatchObject({
      headers: [["Content-Length", "4"]],
      bodyBytes: 4,
      changed: [["Content-Length", coded("length-corrected", { declared: 9, actual: 4 })]],
    });
    expect(framed([], { length: 0 })).toMatchObject({
      headers: [["Content-Length", "0"]],
      framing: "length",
      bodyBytes: 0,
      added: [["Content-Length", coded("length-known")]],
    });
  });

  test.each([
    [["5", "5"], "5"],
    [["5", "6"], null],
    [["5, 5"], null],
    [["-1"], null],
    [["1e3"], null],
    [[""], null],
    [["9".repeat(16)], null],
  ])("Content-Length %j counts as %s", (values, expected) => {
    const result = framed(values.map((value) => ["Content-Length", value] as const));
    expect(result.framing).toBe(expected === null ? "chunked" : "length");
    expect(result.dropped).toHaveLength(expected === null ? values.length : 0);
  });

  test("C34: HEAD keeps the length of the body it does not send; what the script wrote for HEAD says nothing of it", () => {
    expect(framed([["Content-Length", "9"]], { method: "HEAD", length: 0 })).toMatchObject({
      headers: [["Content-Length", "9"]],
      framing: "none",
      bodyBytes: 0,
    });
    expect(framed([], { method: "HEAD", length: 5 })).toMatchObject({ headers: [], framing: "none" });
  });

  test("C57: 204 and 304 have no body, 204 and 205 no length of one", () => {
    expect(framed([["Content-Length", "9"]], { status: 204 })).toMatchObject({
      headers: [],
      framing: "none",
      bodyBytes: 0,
      dropped: [["Content-Length", coded("no-length-204")]],
    });
    expect(framed([["Content-Length", "9"]], { status: 304 })).toMatchObject({
      headers: [["Content-Length", "9"]],
      framing: "none",
      bodyBytes: 0,
    });
    expect(framed([["Content-Type", "text/html"]], { status: 304 })).toMatchObject({
      headers: [],
      dropped: [["Content-Type", coded("no-type-304")]],
    });
    expect(framed([], { status: 205, length: 7 })).toMatchObject({
      headers: [["Content-Length", "0"]],
      framing: "length",
      bodyBytes: 0,
    });
  });
});

describe("frame: what a script may not say, RFC 3875 §6.3.4", () => {
  test("C61, C62, C63: each field left out with its reason", () => {
    const result = framed([
      ["Status", "200"],
      ["Connection", "keep-alive"],
      ["Transfer-Encoding", "chunked"],
      ["Trailer", "x"],
      ["Upgrade", "x"],
      ["Keep-Alive", "x"],
      ["Date", "x"],
      ["Server", "x"],
      ["X-CGI-Debug", "x"],
      ["Bad Name", "x"],
      ["X-Control", "a\x01b"],
      ["X-Split", "a\r\nSet-Cookie: b"],
      ["Content-Type", "a/b"],
      ["Content-Type", "c/d"],
      ["Set-Cookie", "a"],
      ["Set-Cookie", "b"],
    ]);
    expect(result.headers).toEqual([
      ["Content-Type", "c/d"],
      ["Set-Cookie", "a"],
      ["Set-Cookie", "b"],
      ["Transfer-Encoding", "chunked"],
    ]);
    expect(names(result.dropped)).toEqual([
      "Status",
      "Connection",
      "Transfer-Encoding",
      "Trailer",
      "Upgrade",
      "Keep-Alive",
      "Date",
      "Server",
      "X-CGI-Debug",
      "Bad Name",
      "X-Control",
      "X-Split",
      "Content-Type",
    ]);
  });

  test("bytes above 0x7F and tabs pass", () => {
    expect(framed([["X-Name", "M\xfcller\t1"]], { reason: "Gr\xfcn" })).toMatchObject({
      headers: [["X-Name", "M\xfcller\t1"], expect.anything()],
      reason: "Gr\xfcn",
      dropped: [],
    });
  });

  test.each([0, 99, 100, 101, 150, 600, 999, Number.NaN, 200.5])("status %d is never final: 502", (status) => {
    expect(framed([], { status, reason: "x" })).toMatchObject({
      status: 502,
      reason: "",
      changed: [["Status", coded("status-not-final")]],
    });
  });

  test("a reason with a control byte is left out", () => {
    expect(framed([], { reason: "a\r\nb" })).toMatchObject({
      status: 200,
      reason: "",
      changed: [["Status", coded("reason-control-byte")]],
    });
  });

  test("Date and Server are the server's own", () => {
    const own = { date: b("now"), server: b("Test/1") };
    const result = frame(
      { status: 200, reason: b(""), headers: pairs([["Server", "script"]]) },
      { method: b("GET"), httpVersion: "1.1" },
      0,
      own,
    );
    expect(result.headers).toEqual([
      ["Content-Length", "0"],
      ["Date", "now"],
      ["Server", "Test/1"],
    ]);
    expect(names(result.added)).toEqual(["Content-Length", "Date", "Server"]);
    expect(names(result.dropped)).toEqual(["Server"]);
  });
});

test("whatever a script says: one way to tell the body's end, no control byte, a final status, every field accounted for", () => {
  const name = fc.oneof(
    fc
      .constantFrom(
        "Content-Length",
        "content-length",
        "Transfer-Encoding",
        "Connection",
        "Date",
        "X",
        "Content-Type",
        "Location",
      )
      .map(b),
    anyBytes(8),
  );
  const value = fc.oneof(fc.constantFrom("5", "5", "0", "chunked", "close").map(b), anyBytes(12));
  fc.assert(
    fc.property(
      fc.integer({ min: -1, max: 1000 }),
      anyBytes(10),
      fc.array(fc.tuple(name, value), { maxLength: 10 }),
      fc.constantFrom("GET", "HEAD", "POST"),
      fc.constantFrom("1.0" as const, "1.1" as const),
      fc.option(fc.nat({ max: 20 })),
      (status, reason, headers, method, httpVersion, length) => {
        const result = frame({ status, reason, headers }, { method: b(method), httpVersion }, length);
        const count = (key: string) => result.headers.filter(([field]) => field.toLowerCase() === key).length;
        expect(result.status).toSatisfy((code: number) => code >= 200 && code <= 599);
        expect(count("content-length") + count("transfer-encoding")).toBeLessThanOrEqual(1);
        expect(count("connection")).toBe(result.framing === "close" ? 1 : 0);
        expect(count("transfer-encoding")).toBe(result.framing === "chunked" ? 1 : 0);
        expect(count("content-type")).toBeLessThanOrEqual(1);
        if (result.framing === "length")
          expect(result.headers).toContainEqual(["Content-Length", String(result.bodyBytes)]);
        for (const [field, text] of result.headers) {
          expect(field).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
          expect(text).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        }
        expect(result.reason).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        const lengths = headers.filter(([field]) => field.toLowerCase() === "content-length").length;
        const kept = result.headers.length - result.added.length;
        expect(kept + result.dropped.length).toBeGreaterThanOrEqual(headers.length - Math.max(0, lengths - 1));
      },
    ),
    { numRuns: 2000 },
  );
});
