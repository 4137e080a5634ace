// The rules of the records: where marks stand, what the fixed fields say, and which pairs begin in which PARAMS record.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairsIn, pairsRange } from "../../../../../renderer/features/fastcgi-records/param-pairs.js";
import { recordFacts } from "../../../../../renderer/features/fastcgi-records/record-facts.js";
import {
  isStreamEnd,
  protocolStatusLabel,
  recordLabel,
} from "../../../../../renderer/features/fastcgi-records/record-labels.js";
import {
  type FastcgiRecord,
  laneMarks,
  laneSlots,
  markOf,
} from "../../../../../renderer/features/fastcgi-records/record-lanes.js";
import { outputPart } from "../../../../../renderer/features/fastcgi-records/record-note.js";
import { byteString } from "../../../../../server/protocol/byte-string.js";
import { decodePairs, encodePairs, type NameValue } from "../../../../../server/protocol/fastcgi/name-values.js";

const record = (differences: Partial<FastcgiRecord>): FastcgiRecord => ({
  at: 0,
  direction: "sent",
  type: 4,
  requestId: 1,
  contentLength: 0,
  paddingLength: 0,
  offset: 0,
  ...differences,
});

describe("marks in time", () => {
  test("what passes in one instant stands side by side, and far too many are one mark", () => {
    const few = [0, 0, 0, 50].map((at) => record({ at }));
    expect(laneMarks(few, "sent", 100).map(({ slot }) => slot)).toEqual([0, 1, 2, 60]);
    expect(laneMarks(few, "received", 100)).toEqual([]);
  });
  test("each record has one mark, in order, within the axis, never long before its time", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 600 }), (times) => {
        const records = times.sort((a, b) => a - b).map((at) => record({ at }));
        const marks = laneMarks(records, "sent", 100);
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(records.length);
        expect(marks.every(({ slot }, index) => slot > (marks[index - 1]?.slot ?? -1) && slot < laneSlots)).toBe(true);
        for (const index of records.keys()) expect(markOf(marks, index)?.index).toBeLessThanOrEqual(index);
      }),
    );
  });
});

describe("fields", () => {
  test("BEGIN_REQUEST: role and flags", () => {
    expect(recordFacts(1, new Uint8Array([0, 1, 1, 0, 0, 0, 0, 0]))).toEqual([
      ["role", "1: responder, the application responds to the request, as a CGI script would"],
      ["flags", "1: KEEP_CONN, the connection stays open for the next request"],
    ]);
    expect(recordFacts(1, new Uint8Array([0, 9, 0, 0, 0, 0, 0, 0]))?.[0]?.[1]).toContain("unknown");
  });
  test("END_REQUEST shows both statuses in words; one that is too short gives null", () => {
    const facts = recordFacts(3, new Uint8Array([0, 0, 1, 2, 2, 0, 0, 0]));
    expect(facts?.[0]?.[1]).toMatch(/^258: like the exit status of a CGI script/);
    expect(facts?.[1]?.[1]).toBe(`2: OVERLOADED, ${protocolStatusLabel(2)}`);
    expect(recordFacts(3, new Uint8Array(7))).toBeNull();
    expect(recordFacts(6, new Uint8Array(8))).toBeNull();
  });
  test("every type has a sentence and a section; an empty record of a stream ends it", () => {
    for (let type = 0; type < 256; type++)
      expect(recordLabel(type)).toMatchObject({
        sentence: expect.stringMatching(/\.$/),
        section: expect.stringMatching(/^\d\.\d$/),
      });
    expect([4, 5, 6, 7, 8].map((type) => isStreamEnd({ type, contentLength: 0 }))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect([1, 2, 9].map((type) => isStreamEnd({ type, contentLength: 0 }))).toEqual([false, false, false]);
    expect(isStreamEnd({ type: 6, contentLength: 1 })).toBe(false);
  });
});

test("a STDOUT record carries headers, body, or the end of the one and the beginning of the other", () => {
  const records = [30, 20, 10].map((contentLength, index) =>
    record({ type: 6, direction: "received", contentLength, offset: index * 100 }),
  );
  const parts = (bodyAt: number | null): string[] => records.map((one) => outputPart(records, one, bodyAt));
  expect(parts(30)).toEqual(["headers", "body", "body"]);
  expect(parts(35)).toEqual(["headers", "headers, body", "body"]);
  expect(parts(60)).toEqual(["headers", "headers", "headers"]);
  expect(parts(null)).toEqual(["", "", ""]);
});

describe("pairs over several PARAMS records", () => {
  const text = fc.string({ maxLength: 300, unit: "binary-ascii" }).map(byteString);
  test("however they are cut, each pair belongs to the record in which it begins", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 6 }),
        fc.nat(50),
        (pairs, cuts, before) => {
          const stream = encodePairs(pairs);
          const { records, bytes } = cut(stream, cuts, before);
          const all: NameValue[] = [];
          for (const one of records) {
            const range = pairsRange(records, one);
            if (!range) throw new Error("too long");
            const read = pairsIn(records, one, bytes.subarray(range.from, range.from + range.length), range.from);
            all.push(...read.pairs);
          }
          expect(all).toEqual(decodePairs(stream).pairs);
        },
      ),
    );
  });
  test("a record that begins or ends within a pair is marked", () => {
    const { records, bytes } = cut(encodePairs([[byteString("NAME"), byteString("value")]]), [3], 0);
    const read = records.map((one) => pairsIn(records, one, bytes, 0));
    expect(read.map(({ pairs, beginsInside, endsInside }) => [pairs.length, beginsInside, endsInside])).toEqual([
      [1, false, true],
      [0, true, false],
      [0, false, false],
    ]);
  });
});

test("records of GET_VALUES have their pairs each for itself, and a pair that is cut begins where it begins", () => {
  const content = Uint8Array.from([5, 0x64, 0x41, 0x42]);
  const records = [0, 12].map((offset) => record({ type: 10, direction: "received", contentLength: 4, offset }));
  for (const one of records) {
    expect(pairsRange(records, one)).toEqual({ from: one.offset, length: 12 });
    const bytes = Uint8Array.from([...new Uint8Array(8), ...content]);
    expect(pairsIn(records, one, bytes, one.offset)).toMatchObject({ pairs: [], beginsInside: false });
  }
});

/** The stream as PARAMS records of these lengths, the rest, and the empty one; after so many other bytes. */
function cut(
  stream: Uint8Array,
  lengths: readonly number[],
  before: number,
): { records: FastcgiRecord[]; bytes: Uint8Array } {
  const records: FastcgiRecord[] = [];
  const bytes: number[] = Array.from({ length: before }, () => 0);
  let at = 0;
  for (const wished of [...lengths.filter((length) => length > 0), stream.length, 0]) {
    const contentLength = Math.min(wished, stream.length - at);
    if (contentLength === 0 && wished > 0) continue;
    records.push(record({ contentLength, offset: bytes.length }));
    bytes.push(...new Uint8Array(8), ...stream.subarray(at, at + contentLength));
    at += contentLength;
  }
  return { records, bytes: Uint8Array.from(bytes) };
}
