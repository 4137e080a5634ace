import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, fromBytes, toBytes } from "../../../../server/protocol/byte-string.js";
import { encodeParams } from "../../../../server/protocol/fastcgi/encode-params.js";
import {
  decodePairs,
  encodePairs,
  type NameValue,
  NameValueReader,
} from "../../../../server/protocol/fastcgi/name-values.js";
import { type PlacedRecord, RecordReader } from "../../../../server/protocol/fastcgi/record-reader.js";
import { recordType } from "../../../../server/protocol/fastcgi/record-types.js";
import { anyBytes, cutAt, cuts } from "../arbitraries.js";

const text = (length: number) => byteString("x".repeat(length));
const anyText = fc.oneof(anyBytes(20), fc.integer({ min: 120, max: 140 }).map(text));
const anyPairs = fc.array(fc.tuple(anyText, anyText), { maxLength: 8 });

/** The records of a PARAMS stream with their contents. */
function records(bytes: Uint8Array): { header: PlacedRecord; content: Uint8Array }[] {
  const found: { header: PlacedRecord; content: Uint8Array }[] = [];
  const reader = new RecordReader({
    record: (header) =>
      found.push({ header, content: bytes.subarray(header.offset + 8, header.offset + 8 + header.contentLength) }),
    content: () => {},
    contentEnd: () => {},
  });
  reader.push(bytes);
  expect(reader.fault).toBeNull();
  expect(reader.missing()).toBeNull();
  return found;
}
const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  toBytes(byteString(parts.map((part) => fromBytes(part)).join("")));

describe("F06: name-value pairs", () => {
  test("F06: the four forms of lengths, at their bounds", () => {
    const form = (name: number, value: number) => [...encodePairs([[text(name), text(value)]]).subarray(0, 8)];
    expect(form(0, 0)).toEqual([0, 0]);
    expect(form(127, 127).slice(0, 3)).toEqual([127, 127, 0x78]);
    expect(form(127, 128).slice(0, 6)).toEqual([127, 0x80, 0, 0, 128, 0x78]);
    expect(form(128, 127).slice(0, 6)).toEqual([0x80, 0, 0, 128, 127, 0x78]);
    expect(form(65_535, 70_000)).toEqual([0x80, 0, 0xff, 0xff, 0x80, 1, 0x11, 0x70]);
  });

  test("F06, F29: any pairs come back as they were, cut anywhere, without a terminator counted", () => {
    fc.assert(
      fc.property(anyPairs, cuts, fc.boolean(), (pairs, places, byByte) => {
        const bytes = encodePairs(pairs);
        expect(bytes.length).toBe(
          pairs.reduce(
            (sum, [name, value]) =>
              sum + name.length + value.length + (name.length > 127 ? 4 : 1) + (value.length > 127 ? 4 : 1),
            0,
          ),
        );
        const found: NameValue[] = [];
        const starts: number[] = [];
        const reader = new NameValueReader((pair, at) => {
          found.push(pair);
          starts.push(at);
        });
        for (const piece of byByte ? Array.from(bytes, (byte) => Uint8Array.of(byte)) : cutAt(bytes, places))
          reader.push(piece);
        expect(found).toEqual(pairs);
        expect(reader.missing()).toBeNull();
        starts.forEach((start, i) => {
          expect(encodePairs(pairs.slice(i))).toEqual(bytes.subarray(start));
        });
      }),
    );
  });

  test.each([0, 127, 128, 65_535, 70_000])("F06: a value of %i bytes", (length) => {
    const pair: NameValue = [byteString("NAME"), text(length)];
    expect(decodePairs(encodePairs([pair]))).toEqual({ pairs: [pair], missing: null });
  });

  test("a stream cut short says inside what, and any bytes are read without a throw", () => {
    const bytes = encodePairs([
      [byteString("A"), byteString("b")],
      [byteString("LONG"), text(200)],
    ]);
    expect(decodePairs(bytes.subarray(0, 5)).missing).toEqual({ at: 5, inside: "value length", need: 1, have: 0 });
    expect(decodePairs(bytes.subarray(0, 7)).missing).toEqual({ at: 5, inside: "value length", need: 4, have: 2 });
    expect(decodePairs(bytes.subarray(0, 11)).missing).toEqual({ at: 9, inside: "name", need: 4, have: 2 });
    expect(decodePairs(bytes.subarray(0, 20)).missing).toEqual({ at: 13, inside: "value", need: 200, have: 7 });
    fc.assert(
      fc.property(anyBytes(100).map(toBytes), cuts, (any, places) => {
        const reader = new NameValueReader(() => {});
        for (const piece of cutAt(any, places)) reader.push(piece);
        expect(reader.missing()).toEqual(decodePairs(any).missing);
      }),
    );
  });
});

describe("PARAMS", () => {
  test("F05, F07: any pairs, in records of any size, come back; the last record is empty, all are padded to eight", () => {
    fc.assert(
      fc.property(
        anyPairs,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 65_535 }),
        (pairs, recordBytes, requestId) => {
          const { bytes } = encodeParams(requestId, pairs, recordBytes);
          const found = records(bytes);
          expect(found.at(-1)?.header.contentLength).toBe(0);
          for (const { header } of found) {
            expect(header).toMatchObject({ type: recordType.params, requestId });
            expect(header.contentLength).toBeLessThanOrEqual(recordBytes);
            expect(header.offset % 8).toBe(0);
          }
          expect(found.slice(0, -1).every(({ header }) => header.contentLength > 0)).toBe(true);
          expect(decodePairs(joined(found.map(({ content }) => content)))).toEqual({ pairs, missing: null });
        },
      ),
    );
  });

  test("F05: a pair that fits in one record is never split over two", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 300, max: 700 }),
        (pairs, recordBytes) => {
          const { bytes, split } = encodeParams(1, pairs, recordBytes);
          expect(split).toEqual([]);
          for (const { content } of records(bytes)) expect(decodePairs(content).missing).toBeNull();
        },
      ),
    );
  });

  test("F07: a value above 65,535 bytes is split, named, and alone in its records", () => {
    const pairs: NameValue[] = [
      [byteString("BEFORE"), text(10)],
      [byteString("HTTP_COOKIE"), text(70_000)],
      [byteString("AFTER"), text(10)],
    ];
    const { bytes, split } = encodeParams(1, pairs);
    expect(split.map(([name]) => name)).toEqual(["HTTP_COOKIE"]);
    const found = records(bytes);
    expect(found.map(({ header }) => header.contentLength)).toEqual([18, 65_535, 4481, 17, 0]);
    expect(decodePairs(joined(found.map(({ content }) => content))).pairs).toEqual(pairs);
    expect(encodeParams(1, [[byteString("N"), text(65_529)]]).split).toEqual([]);
    expect(encodeParams(1, [[byteString("N"), text(65_530)]]).split).toHaveLength(1);
  });

  test("no pairs at all are one empty record", () => {
    expect([...encodeParams(1, []).bytes]).toEqual([1, 4, 0, 1, 0, 0, 0, 0]);
  });
});
