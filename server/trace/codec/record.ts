// A record: how a trace, what similar traces share, and news of a trace stand one after the other, in memory, in the
// ring and in the store's file.
import { crc32 } from "node:zlib";

/**
 * Each record begins with these numbers. Then come `numbers` (how many), `json` and `body`. `number` is that of a
 * context: its own, or the one that a trace refers to. `floor` is that of contexts; a record that has nothing else
 * comes when contexts are forgotten. The `floor` of a trace is 1 if it was pinned from the beginning: a record behind
 * it could come when it is evicted. `sum` is the checksum of all other bytes: only records in the file have it.
 */
export const recordHead = {
  length: 0,
  kind: 1,
  number: 2,
  numbers: 3,
  jsonBytes: 4,
  bodyBytes: 5,
  floor: 6,
  sum: 7,
} as const;
export const recordHeadBytes = 32;
export const recordKind = { trace: 1, context: 2, findings: 3, pin: 4, floor: 5 } as const;

export interface RecordParts {
  readonly kind: number;
  readonly number?: number;
  readonly floor?: number;
  readonly numbers?: Uint8Array;
  readonly json?: string;
  /** The bytes of the body, one after the other. */
  readonly body?: readonly Uint8Array[];
}

const nothing = new Uint8Array(0);
const noParts: readonly Uint8Array[] = [];

/** No record of these parts is longer, bytes: a character takes three bytes at most. */
export function mostRecordBytes({ numbers = nothing, json = "", body = noParts }: RecordParts): number {
  let bytes = recordHeadBytes + numbers.length + 3 * json.length + 8;
  for (const part of body) bytes += part.length;
  return bytes;
}

/** Returns the record's length, a multiple of 8. */
export function writeRecord(
  into: Buffer,
  at: number,
  { kind, number = 0, floor = 0, numbers = nothing, json = "", body = noParts }: RecordParts,
): number {
  into.set(numbers, at + recordHeadBytes);
  const jsonAt = at + recordHeadBytes + numbers.length;
  const jsonBytes = into.write(json, jsonAt, "utf8");
  const bodyAt = jsonAt + jsonBytes;
  let end = bodyAt;
  for (const part of body) {
    into.set(part, end);
    end += part.length;
  }
  const length = (end - at + 7) & ~7;
  into.writeUInt32LE(length, at + 4 * recordHead.length);
  into.writeUInt32LE(kind, at + 4 * recordHead.kind);
  into.writeUInt32LE(number, at + 4 * recordHead.number);
  into.writeUInt32LE(numbers.length >> 2, at + 4 * recordHead.numbers);
  into.writeUInt32LE(jsonBytes, at + 4 * recordHead.jsonBytes);
  into.writeUInt32LE(end - bodyAt, at + 4 * recordHead.bodyBytes);
  into.writeUInt32LE(floor, at + 4 * recordHead.floor);
  into.writeUInt32LE(0, at + 4 * recordHead.sum); // what lay here before is another trace's, or another program's
  into.fill(0, end, at + length);
  return length;
}

export interface StoredRecord {
  readonly kind: number;
  readonly number: number;
  readonly floor: number;
  /** Where the record begins in `data`. */
  readonly at: number;
  readonly length: number;
  readonly data: Buffer;
  readonly json: Buffer;
  readonly body: Buffer;
}

export function recordAt(data: Buffer, at: number): StoredRecord {
  const number = (field: number): number => data.readUInt32LE(at + 4 * field);
  const jsonAt = at + recordHeadBytes + 4 * number(recordHead.numbers);
  const bodyAt = jsonAt + number(recordHead.jsonBytes);
  return {
    at,
    data,
    length: number(recordHead.length),
    kind: number(recordHead.kind),
    number: number(recordHead.number),
    floor: number(recordHead.floor),
    json: data.subarray(jsonAt, bodyAt),
    body: data.subarray(bodyAt, bodyAt + number(recordHead.bodyBytes)),
  };
}

/** They end where the length of one is damaged. */
export function* recordsOf(batch: Buffer): Generator<StoredRecord> {
  for (let at = 0; isInside(batch, at); ) {
    const record = recordAt(batch, at);
    yield record;
    at += record.length;
  }
}

function isInside(data: Buffer, at: number): boolean {
  if (at < 0 || at > data.length - recordHeadBytes) return false;
  const length = data.readUInt32LE(at);
  return length >= recordHeadBytes && length <= data.length - at;
}

function sumOf(data: Buffer, at: number): number {
  const sumAt = at + 4 * recordHead.sum;
  return crc32(data.subarray(sumAt + 4, at + data.readUInt32LE(at)), crc32(data.subarray(at, sumAt)));
}

/** Gives the record its checksum. */
export const seal = (data: Buffer, at: number): number => data.writeUInt32LE(sumOf(data, at), at + 4 * recordHead.sum);

/** The trace was deleted here: what was its length is zero. */
export const isOverwritten = (data: Buffer, at: number): boolean =>
  at >= 0 && at + 4 <= data.length && data.readUInt32LE(at) === 0;

/** Whether there is a record whose bytes are those that were sealed. */
export const isSound = (data: Buffer, at: number): boolean =>
  isInside(data, at) && data.readUInt32LE(at + 4 * recordHead.sum) === sumOf(data, at);

/** The bytes of a stored trace are not those that were stored. */
export class DamagedRecord extends Error {}

/** Where a record lies. */
export interface WrittenRecord {
  readonly data: Buffer;
  readonly at: number;
  readonly length: number;
}

/** So many bytes are taken from the system at once. */
const pieceBytes = 64 << 10;

/** Records in memory, many in one piece: the traces they belong to come and go together. */
export class RecordMemory {
  #piece = Buffer.alloc(0);
  #used = 0;

  write(parts: RecordParts): WrittenRecord {
    const most = mostRecordBytes(parts);
    if (most > pieceBytes / 4) return alone(parts, most);
    if (this.#used + most > this.#piece.length) {
      this.#piece = Buffer.allocUnsafeSlow(pieceBytes);
      this.#used = 0;
    }
    const at = this.#used;
    const length = writeRecord(this.#piece, at, parts);
    this.#used += length;
    return { data: this.#piece, at, length };
  }
}

/** Writes it into memory of its own. */
export function alone(parts: RecordParts, most = mostRecordBytes(parts)): WrittenRecord {
  const { json = "" } = parts;
  const bytes = (most - 3 * json.length + Buffer.byteLength(json)) & ~7;
  const data = Buffer.allocUnsafeSlow(bytes);
  return { data, at: 0, length: writeRecord(data, 0, parts) };
}
