// Where bytes are in the bodies of stored traces.
import { factsOf } from "./compact-record.js";
import { recordAt } from "./shared-ring.js";

/** Places of the request body and of the response body in `storedStreams`. */
const bodies = [5, 6] as const;

/** Looks for bytes in the bodies of traces. Rows come in the order of their segments, so that each is read once. */
export class NeedleSearch {
  #needles: readonly Buffer[] = [];
  #segment = 0;
  #data: Buffer | null = null;

  begin(needles: readonly Buffer[]): void {
    this.#needles = needles;
    this.#segment = 0;
  }

  isIn(needle: number, segment: number, data: () => Uint8Array | null, at: number, length: number): boolean {
    if (segment !== this.#segment) this.#turnTo(segment, data());
    const [found, bytes] = [this.#data, this.#needles[needle]?.length ?? 0];
    if (!found) return false;
    if (bytes === 0) return true;
    // Within the one trace: a short text is found thousands of times in a segment.
    const record = found.subarray(at, at + length);
    const wanted = this.#needles[needle] ?? "";
    let ranges: readonly (readonly [number, number])[] | null = null;
    for (let hit = record.indexOf(wanted); hit >= 0; hit = record.indexOf(wanted, hit + 1)) {
      ranges ??= bodyRanges(found, at);
      const place = at + hit;
      if (ranges.some(([from, to]) => place >= from && place + bytes <= to)) return true;
    }
    return false;
  }

  #turnTo(segment: number, data: Uint8Array | null): void {
    this.#segment = segment;
    this.#data = data && Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** Where the bytes of a record's request body and response body are. */
function bodyRanges(data: Buffer, at: number): (readonly [number, number])[] {
  const record = recordAt(data, at);
  const start = record.body.byteOffset - data.byteOffset;
  const { s } = factsOf(record);
  return bodies.flatMap((index) => {
    const [, , runs] = s[index] || [0, [], []];
    const ranges: (readonly [number, number])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [from = 0, length = 0] = [runs[i], runs[i + 1]];
      if (from >= 0) ranges.push([start + from, start + from + length]);
    }
    return ranges;
  });
}
