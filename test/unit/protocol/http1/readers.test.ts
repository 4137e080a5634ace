// A connection's bytes in any pieces: the same heads, the same bodies, the same faults, and not one byte too many.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkedReader } from "../../../../server/protocol/http1/chunked-reader.js";
import { HeadReader } from "../../../../server/protocol/http1/head-reader.js";
import { malformedChunks } from "../../../support/requests/cases.js";
import { cutAt, cuts } from "../arbitraries.js";

const bytes = (text: string) => Buffer.from(text, "latin1");

interface Reader {
  read(piece: Uint8Array, from: number): number;
  readonly isOver: boolean;
}
/** Feeds pieces until the reader is over; how many bytes it took. */
function feed(reader: Reader, pieces: readonly Uint8Array[]): number {
  let taken = 0;
  for (const piece of pieces) if (!reader.isOver) taken += reader.read(piece, 0);
  return taken;
}

describe("a head", () => {
  const readHead = (pieces: readonly Uint8Array[], maxBytes = 200) => {
    const reader = new HeadReader(maxBytes);
    const isOver = () => reader.head !== null || reader.fault !== null;
    const taken = feed(
      {
        read: (piece, from) => reader.read(piece, from),
        get isOver() {
          return isOver();
        },
      },
      pieces,
    );
    return { head: reader.head, fault: reader.fault, partial: reader.partial, taken };
  };

  test("ends with its blank line, and what follows is not taken", () => {
    const head = "GET / HTTP/1.1\r\nA: b\r\n\r\n";
    expect(readHead([bytes(`\r\n\n${head}body`)])).toMatchObject({ head, taken: head.length + 3 });
    expect(readHead([bytes("GET / HTTP/1.0\nA: b\n\nbody")])).toMatchObject({ head: "GET / HTTP/1.0\nA: b\n\n" });
  });

  test("of a client that waits for an answer is complete as soon as it cannot become a request", () => {
    expect(readHead([bytes("hello\r\n")]).head).toBe("hello\r\n");
    expect(readHead([bytes("GET /\r\n")]).head).toBe("GET /\r\n");
    expect(readHead([bytes("\x16\x03\x01\x02\0")]).fault?.code).toBe("tls-hello");
    expect(readHead([bytes("\0")]).fault?.code).toBe("not-http");
  });

  test("that is too large is refused, and what came of it is kept", () => {
    expect(readHead([bytes(`GET /${"a".repeat(300)}`)], 64)).toMatchObject({
      fault: { code: "request-line-too-large" },
    });
    const large = readHead([bytes(`GET / HTTP/1.1\r\nA: ${"b".repeat(300)}`)], 64);
    expect(large).toMatchObject({ fault: { code: "request-head-too-large", status: 431 }, taken: 64 });
    expect(large.partial).toHaveLength(64);
  });

  test("is the same in any pieces", () => {
    const part = fc.constantFrom("GET / HTTP/1.1", "\r", "\n", "\r\n", "A: b", " ", "x", "\0", "\x16", "hello", "\xfc");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), cuts, (parts, at) => {
        const all = bytes(parts.join(""));
        const { partial, taken, ...result } = readHead(cutAt(all, at), 60);
        const whole = readHead([all], 60);
        expect({ ...whole, ...result }).toEqual(whole);
        // Of what is no HTTP at all, more may have come when it is refused.
        if (!result.fault)
          expect([partial, taken]).toEqual([whole.head === null ? whole.partial : partial, whole.taken]);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a chunked body", () => {
  const readBody = (pieces: readonly Uint8Array[]) => {
    const reader = new ChunkedReader();
    let body = "";
    const read = (piece: Uint8Array, from: number) =>
      reader.read(piece, from, (start, end) => {
        body += Buffer.from(piece.subarray(start, end)).toString("latin1");
        return true;
      });
    const isOver = () => reader.isDone || reader.fault !== null;
    const taken = feed(
      {
        read,
        get isOver() {
          return isOver();
        },
      },
      pieces,
    );
    return { body, isDone: reader.isDone, fault: reader.fault, trailers: reader.trailers, taken };
  };

  test("comes without its coding, and what follows is not taken", () => {
    const coded = "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nA: b\r\n\r\n";
    expect(readBody([bytes(`${coded}GET`)])).toEqual({
      body: "hello world",
      isDone: true,
      fault: null,
      trailers: [["A", "b"]],
      taken: coded.length,
    });
  });

  test.each([
    ["zeros before a size", `${"0".repeat(40)}3\r\nabc\r\n${"0".repeat(40)}\r\n\r\n`],
    ["white space after a size", "3 \t\r\nabc\r\n0 \r\n\r\n"],
    ["white space before an extension", "3 ; a = b\r\nabc\r\n0\t;c\r\n\r\n"],
    ["a trailer line that is folded", "3\r\nabc\r\n0\r\nA: b\r\n c\r\n\r\n"],
  ])("has %s", (_name, coded) => {
    expect(readBody([bytes(coded)])).toMatchObject({ body: "abc", isDone: true, taken: coded.length });
  });

  test.each(malformedChunks)("%j is refused: %s at byte %i", (coded, code, at) => {
    const { fault, isDone } = readBody([bytes(coded)]);
    expect(isDone).toBe(false);
    expect(fault).toMatchObject({ code });
    expect(fault?.range[0]).toBe(at);
  });

  test("coded by anybody is decoded again, in any pieces", () => {
    const chunk = fc.record({
      data: fc.string({ minLength: 1, maxLength: 20 }),
      extension: fc.constantFrom("", ";a", ';b="c"', " "),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), cuts, (chunks, at) => {
        const data = chunks.map((one) => Buffer.from(one.data).toString("latin1"));
        const coded = chunks.map(
          ({ extension }, i) => `${(data[i]?.length ?? 0).toString(16)}${extension}\r\n${data[i]}\r\n`,
        );
        const all = bytes(`${coded.join("")}0\r\n\r\nrest`);
        const result = readBody(cutAt(all, at));
        expect(result).toMatchObject({ body: data.join(""), isDone: true, fault: null });
        expect(result.taken).toBe(all.length - 4);
      }),
      { numRuns: 2000 },
    );
  });

  test("is read the same in any pieces, whatever the bytes", () => {
    const part = fc.constantFrom("0", "1", "2", "a", "\r\n", "\r", "\n", ";", " ", "A: b", "\0", "\xfc", "xy");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), cuts, (parts, at) => {
        const all = bytes(parts.join(""));
        expect(readBody(cutAt(all, at))).toEqual(readBody([all]));
      }),
      { numRuns: 5000 },
    );
  });
});
