import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../../server/protocol/byte-string.js";
import {
  decodeEndRequest,
  encodeAbortRequest,
  encodeBeginRequest,
  encodeRecord,
} from "../../../../server/protocol/fastcgi/encode-record.js";
import { encodeHeader } from "../../../../server/protocol/fastcgi/record-header.js";
import { type PlacedRecord, RecordReader } from "../../../../server/protocol/fastcgi/record-reader.js";
import {
  isStreamType,
  protocolStatusName,
  recordType,
  recordTypeName,
  role,
} from "../../../../server/protocol/fastcgi/record-types.js";
import { decodeBeginRequest, encodeEndRequest, encodeUnknownType } from "../../../support/application-records.js";
import { anyBytes, cutAt, cuts } from "../arbitraries.js";

interface Read {
  readonly records: { header: PlacedRecord; content: number[]; ended: boolean }[];
  readonly reader: RecordReader;
}
function read(pieces: readonly Uint8Array[]): Read {
  const records: Read["records"] = [];
  const reader = new RecordReader({
    record: (header) => records.push({ header, content: [], ended: false }),
    content: (bytes) => records.at(-1)?.content.push(...bytes),
    contentEnd: () => {
      const last = records.at(-1);
      if (last) last.ended = true;
    },
  });
  for (const piece of pieces) reader.push(piece);
  return { records, reader };
}
const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const bytes = (text: string) => toBytes(byteString(text));

const anyRecord = fc.record({
  type: fc.integer({ min: 0, max: 255 }),
  requestId: fc.integer({ min: 0, max: 65_535 }),
  content: fc.uint8Array({ maxLength: 300 }),
  paddingLength: fc.integer({ min: 0, max: 255 }),
});

describe("F01, F02: records", () => {
  test("F01, F02, F14: any records with any padding, cut anywhere, are read as they were written", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 6 }), cuts, fc.boolean(), (written, places, byByte) => {
        const wire = concat(
          written.map(({ type, requestId, content, paddingLength }) =>
            encodeRecord(type, requestId, content, paddingLength),
          ),
        );
        const { records, reader } = read(
          byByte ? Array.from(wire, (byte) => Uint8Array.of(byte)) : cutAt(wire, places),
        );
        let offset = 0;
        const expected = written.map(({ type, requestId, content, paddingLength }) => {
          const header = { type, requestId, contentLength: content.length, paddingLength, offset };
          offset += 8 + content.length + paddingLength;
          return { header, content: [...content], ended: true };
        });
        expect(records).toEqual(expected);
        expect(reader.fault).toBeNull();
        expect(reader.missing()).toBeNull();
        expect(reader.offset).toBe(wire.length);
      }),
    );
  });

  test("F01: a header's bytes, at the bounds of its numbers", () => {
    expect([
      ...encodeHeader({ type: recordType.stdout, requestId: 0x0102, contentLength: 0xfffe, paddingLength: 255 }),
    ]).toEqual([1, 6, 1, 2, 0xff, 0xfe, 255, 0]);
    expect(encodeRecord(recordType.stdin, 1, new Uint8Array(65_535)).length).toBe(8 + 65_536);
    expect(() => encodeRecord(recordType.stdin, 1, new Uint8Array(65_536))).toThrow(RangeError);
  });

  test("F02: what is sent is padded to a multiple of eight", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (content) => {
        const record = encodeRecord(recordType.params, 1, content);
        expect(record.length % 8).toBe(0);
        expect(record.length - content.length).toBeLessThan(16);
      }),
    );
  });

  test("F27: any bytes, cut anywhere, are read alike and never throw; the fault and what is missing say where", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyBytes(120).map(toBytes),
          fc.array(fc.constantFrom(0, 1, 6, 8, 255), { maxLength: 60 }).map((all) => Uint8Array.from(all)),
        ),
        cuts,
        (wire, places) => {
          const whole = read([wire]);
          const cut = read(cutAt(wire, places));
          expect(cut.records).toEqual(whole.records);
          expect(cut.reader.fault).toEqual(whole.reader.fault);
          expect(cut.reader.missing()).toEqual(whole.reader.missing());
          const { fault } = cut.reader;
          if (fault) expect(wire[fault.offset]).toBe(fault.byte);
          if (fault) expect(fault.byte).not.toBe(1);
        },
      ),
    );
  });

  test("F27: a stream that ends early says inside what, and how much came", () => {
    const record = encodeRecord(recordType.stdout, 1, bytes("twelve bytes"), 4);
    const before = encodeRecord(recordType.stderr, 1, new Uint8Array(0));
    const missing = (length: number) => read([before, record.subarray(0, length)]).reader.missing();
    expect(missing(0)).toBeNull();
    expect(missing(5)).toEqual({ inside: "header", need: 8, have: 5, offset: 8, record: null });
    expect(missing(8)).toMatchObject({ inside: "content", need: 12, have: 0, offset: 16 });
    expect(missing(19)).toMatchObject({
      inside: "content",
      need: 12,
      have: 11,
      record: { type: recordType.stdout, offset: 8 },
    });
    expect(missing(22)).toMatchObject({ inside: "padding", need: 4, have: 2, offset: 28 });
    expect(missing(24)).toBeNull();
  });

  test("F05: the contents of a stream's records are its data, wherever they are cut", () => {
    fc.assert(
      fc.property(anyBytes(100).map(toBytes), fc.integer({ min: 1, max: 120 }), (data, recordBytes) => {
        const ends = Array.from({ length: Math.ceil(data.length / recordBytes) }, (_, at) => (at + 1) * recordBytes);
        const contents = [...ends.map((end) => data.subarray(end - recordBytes, end)), new Uint8Array(0)];
        const { records } = read(contents.map((content) => encodeRecord(recordType.stdin, 7, content)));
        expect(records.flatMap(({ content }) => content)).toEqual([...data]);
        expect(records.every(({ header }) => header.type === recordType.stdin && header.requestId === 7)).toBe(true);
      }),
    );
  });

  test("F11: BEGIN_REQUEST: roles, the flag, five zero bytes", () => {
    expect([...encodeBeginRequest(1, { role: role.filter, keepConnection: true })]).toEqual([
      1, 1, 0, 1, 0, 8, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0,
    ]);
    fc.assert(
      fc.property(fc.record({ role: fc.integer({ min: 0, max: 65_535 }), keepConnection: fc.boolean() }), (begin) => {
        expect(decodeBeginRequest(encodeBeginRequest(3, begin).subarray(8))).toEqual(begin);
      }),
    );
    expect(decodeBeginRequest(new Uint8Array(7))).toBeNull();
  });

  test("F18: END_REQUEST keeps the whole range of the application's status", () => {
    fc.assert(
      fc.property(
        fc.record({
          appStatus: fc.integer({ min: 0, max: 0xffff_ffff }),
          protocolStatus: fc.integer({ min: 0, max: 255 }),
        }),
        (end) => {
          const record = encodeEndRequest(1, end);
          expect(record.length).toBe(16);
          expect(decodeEndRequest(record.subarray(8))).toEqual(end);
        },
      ),
    );
    expect(decodeEndRequest(Uint8Array.of(0, 0, 1))).toEqual({ appStatus: 256, protocolStatus: 0 });
  });

  test("F10, F19: ABORT_REQUEST and UNKNOWN_TYPE", () => {
    expect([...encodeAbortRequest(1)]).toEqual([1, 2, 0, 1, 0, 0, 0, 0]);
    expect([...encodeUnknownType(42)]).toEqual([1, 11, 0, 0, 0, 8, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("types and statuses have names", () => {
    expect([0, 1, 6, 11, 42].map(recordTypeName)).toEqual([
      "type 0",
      "BEGIN_REQUEST",
      "STDOUT",
      "UNKNOWN_TYPE",
      "type 42",
    ]);
    expect([0, 1, 2, 3, 9].map(protocolStatusName)).toEqual([
      "REQUEST_COMPLETE",
      "CANT_MPX_CONN",
      "OVERLOADED",
      "UNKNOWN_ROLE",
      "status 9",
    ]);
    expect([3, 4, 8, 9].map(isStreamType)).toEqual([false, true, true, false]);
  });
});
