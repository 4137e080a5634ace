// The name-value pairs that begin in one record. Those of PARAMS are a stream of their own (FastCGI §5.2): one may
// begin in a record and end in the next, so that a record's content alone does not say where its pairs are.
import { type NameValue, NameValueReader } from "../../../server/protocol/fastcgi/name-values.js";
import { headerBytes, recordType } from "../../../server/protocol/fastcgi/record-types.js";
import type { FastcgiRecord } from "./record-lanes.js";

/** The most bytes of PARAMS to read; also the size of one call. */
const maxBytes = 1 << 20;

/**
 * The bytes of the direction's stream that hold the pairs' records up to the end of `record`; null when they are too
 * many, or a record before them is not listed.
 */
export function pairsRange(
  records: readonly FastcgiRecord[],
  record: FastcgiRecord,
): { readonly from: number; readonly length: number } | null {
  const first = records.find((other) => isSame(other, record));
  if (!first) return null;
  // To the end of the last of them: the pair at the end of this one may go on.
  const last = records.findLast((other) => isSame(other, record)) ?? record;
  const length = last.offset + headerBytes + last.contentLength - first.offset;
  return length <= maxBytes ? { from: first.offset, length } : null;
}

/** Only PARAMS are a stream; GET_VALUES and its result have all their pairs in one record (§4.1). */
const isSame = (a: FastcgiRecord, b: FastcgiRecord): boolean =>
  a === b ||
  (a.type === recordType.params && a.type === b.type && a.requestId === b.requestId && a.direction === b.direction);

interface RecordPairs {
  /** Those whose first byte is in the record. */
  readonly pairs: readonly NameValue[];
  /** The record begins within a pair; it ends within one. */
  readonly beginsInside: boolean;
  readonly endsInside: boolean;
}

/** `bytes`: of the range from `pairsRange`; fewer when not all were kept. */
export function pairsIn(
  records: readonly FastcgiRecord[],
  record: FastcgiRecord,
  bytes: Uint8Array,
  from: number,
): RecordPairs {
  let at = 0; // in the stream of pairs
  const begin = streamOffset(records, record);
  const end = begin + record.contentLength;
  const pairs: NameValue[] = [];
  const starts = new Set<number>();
  const reader = new NameValueReader((pair, start) => {
    starts.add(start);
    if (start >= begin && start < end) pairs.push(pair);
  });
  for (const other of records) {
    if (!isSame(other, record)) continue;
    const content = other.offset - from + headerBytes;
    reader.push(bytes.slice(content, content + other.contentLength));
    at += other.contentLength;
  }
  const isStart = (place: number): boolean => starts.has(place) || place === at || place === reader.nextPair;
  return {
    pairs,
    beginsInside: record.contentLength > 0 && !isStart(begin),
    endsInside: record.contentLength > 0 && !isStart(end),
  };
}

function streamOffset(records: readonly FastcgiRecord[], record: FastcgiRecord): number {
  let offset = 0;
  for (const other of records) {
    if (other === record) break;
    if (isSame(other, record)) offset += other.contentLength;
  }
  return offset;
}
