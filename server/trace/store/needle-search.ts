// Which stored traces have some bytes in their bodies. A segment is searched as one piece of memory: most have no hit, and then nothing
// is done for the traces in it.
import { bodiesOf } from "./compact-record.js";
import { recordAt, recordKind } from "./shared-ring.js";

/** A trace's id, and where its record begins. */
type Place = readonly [id: number, at: number];

/** The places of the traces in a segment, in their order; null: some were overwritten. `first`: the first one's id. */
export function placesIn(data: Buffer, first: number): Place[] | null {
  const places: Place[] = [];
  for (let at = 0; at < data.length; ) {
    const [length, kind] = [data.readUInt32LE(at), data.readUInt32LE(at + 4)];
    if (length === 0) return null;
    if (kind === recordKind.trace) places.push([first + places.length, at]);
    at += length;
  }
  return places;
}

/** The ids of the traces whose request body or response body holds the needle. `places` is only called if there may be some. */
export function holders(data: Buffer, needle: Buffer, places: () => readonly Place[]): number[] {
  let hit = data.indexOf(needle);
  if (hit < 0) return [];
  const ids: number[] = [];
  for (const [id, at] of places()) {
    const end = at + data.readUInt32LE(at);
    if (hit >= end) continue;
    // In the order of their places: a hit that was found is never passed by, and no byte is searched twice.
    for (const [from, to] of bodyRanges(data, at)) {
      if (hit < from) hit = data.indexOf(needle, from);
      if (hit < 0) return ids;
      if (hit + needle.length <= to) {
        ids.push(id);
        break;
      }
    }
  }
  return ids;
}

/** Where the bytes of a record's request body and response body are. */
function bodyRanges(data: Buffer, at: number): (readonly [from: number, to: number])[] {
  const record = recordAt(data, at);
  const start = record.body.byteOffset - data.byteOffset;
  const ranges: (readonly [number, number])[] = [];
  for (const stream of bodiesOf(record)) {
    const [, , runs] = stream || [0, [], []];
    for (let i = 0; i < runs.length; i += 2) {
      const [from = 0, length = 0] = [runs[i], runs[i + 1]];
      if (from >= 0) ranges.push([start + from, start + from + length]);
    }
  }
  return ranges.length > 1 ? ranges.sort(([a], [b]) => a - b) : ranges;
}
