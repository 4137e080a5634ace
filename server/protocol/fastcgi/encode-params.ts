// The PARAMS stream (FastCGI §5.2) as records, in one piece of bytes. A pair stays inside one record whenever it fits:
// splitting it is allowed, but php-cgi resets the connection then. Only a pair above 65,535 bytes is split.
import { type NameValue, pairBytes, putPair } from "./name-values.js";
import { paddingFor, putHeader } from "./record-header.js";
import { headerBytes, maxContentBytes, recordType } from "./record-types.js";

interface EncodedParams {
  /** Every record, the empty one at the end included. */
  readonly bytes: Uint8Array;
  /** Pairs that had to be split over records: by their names. */
  readonly split: readonly NameValue[];
}

/** `recordBytes`: most content of a record, for tests of applications that read short ones. */
export function encodeParams(
  requestId: number,
  pairs: readonly NameValue[],
  recordBytes = maxContentBytes,
): EncodedParams {
  const split: NameValue[] = [];
  const groups = grouped(pairs, recordBytes, split);
  let size = headerBytes; // the empty record
  for (const { length } of groups) {
    for (let left = length; left > 0; left -= recordBytes) {
      const content = Math.min(left, recordBytes);
      size += headerBytes + content + paddingFor(content);
    }
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { length, pairs: own } of groups)
    at =
      length <= recordBytes
        ? putRecord(bytes, at, requestId, length, own)
        : putSplit(bytes, at, requestId, length, own, recordBytes);
  putHeader(bytes, at, { type: recordType.params, requestId, contentLength: 0, paddingLength: 0 });
  return { bytes, split };
}

interface Group {
  length: number;
  readonly pairs: NameValue[];
}

/** Pairs that share a record; one too long for any is alone. */
function grouped(pairs: readonly NameValue[], recordBytes: number, split: NameValue[]): Group[] {
  const groups: Group[] = [];
  let open: Group | null = null;
  for (const pair of pairs) {
    const length = pairBytes(pair);
    if (length > recordBytes) {
      groups.push({ length, pairs: [pair] });
      split.push(pair);
      open = null;
    } else if (open !== null && open.length + length <= recordBytes) {
      open.pairs.push(pair);
      open.length += length;
    } else {
      open = { length, pairs: [pair] };
      groups.push(open);
    }
  }
  return groups;
}

function putRecord(
  into: Uint8Array,
  at: number,
  requestId: number,
  contentLength: number,
  pairs: readonly NameValue[],
): number {
  const paddingLength = paddingFor(contentLength);
  putHeader(into, at, { type: recordType.params, requestId, contentLength, paddingLength });
  let end = at + headerBytes;
  for (const pair of pairs) end = putPair(into, end, pair);
  return end + paddingLength;
}

function putSplit(
  into: Uint8Array,
  at: number,
  requestId: number,
  length: number,
  pairs: readonly NameValue[],
  recordBytes: number,
): number {
  const whole = new Uint8Array(length);
  let written = 0;
  for (const pair of pairs) written = putPair(whole, written, pair);
  let end = at;
  for (let from = 0; from < length; from += recordBytes) {
    const content = whole.subarray(from, from + recordBytes);
    const paddingLength = paddingFor(content.length);
    putHeader(into, end, { type: recordType.params, requestId, contentLength: content.length, paddingLength });
    into.set(content, end + headerBytes);
    end += headerBytes + content.length + paddingLength;
  }
  return end;
}
