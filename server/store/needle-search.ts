// Which stored traces have some bytes in their bodies. A segment is searched as one piece of memory: most have no hit,
// and then little is done for the traces in it.
import { bodiesOf, bodyRanges } from "../trace/codec/decode-trace.js";
import { recordAt, recordHead, recordKind } from "../trace/codec/record.js";
import { bytesOfStream, inContext } from "../trace/codec/streams.js";

/** The traces of a segment: their ids, and where their records begin, in that order. */
export interface Places {
  readonly ids: readonly number[];
  readonly at: readonly number[];
}

/** Returns the places in a sound segment. `first`: the id of its first trace. */
export function placesIn(data: Buffer, first: number): Places {
  const ids: number[] = [];
  const places: number[] = [];
  const view = viewOf(data);
  for (let at = 0; at < data.length; ) {
    if (view.getUint32(at + 4 * recordHead.kind, true) === recordKind.trace) {
      ids.push(first + ids.length);
      places.push(at);
    }
    at += view.getUint32(at, true);
  }
  return { ids, at: places };
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView => new DataView(buffer, byteOffset, byteLength);

/** The ids of the traces whose request body or response body holds the needle. */
export function holders(data: Buffer, needle: Buffer, places: () => Places): number[] {
  // Behind all that was searched: a hit that was found is never passed by, and no byte is searched twice.
  let hit = data.indexOf(needle);
  const holdsBetween = (from: number, to: number): boolean => {
    if (hit >= 0 && hit < from) hit = data.indexOf(needle, from);
    return hit >= 0 && hit + needle.length <= to;
  };
  const view = viewOf(data);
  const ranges = new Int32Array(4);
  const isHolder = (at: number): boolean => {
    if (!bodyRanges(view, at, ranges)) return isInBodies(data, at, needle, holdsBetween);
    if (hit < 0 || hit >= at + view.getUint32(at, true)) return false;
    const [from = 0, to = 0, otherFrom = 0, otherTo = 0] = ranges;
    if (from <= otherFrom) return holdsBetween(from, to) || holdsBetween(otherFrom, otherTo);
    return holdsBetween(otherFrom, otherTo) || holdsBetween(from, to);
  };
  const { ids, at } = places();
  return ids.filter((_, index) => isHolder(at[index] ?? 0));
}

/** A body that came in several records lies in several runs. */
function isInBodies(
  data: Buffer,
  at: number,
  needle: Buffer,
  holdsBetween: (from: number, to: number) => boolean,
): boolean {
  const record = recordAt(data, at);
  const start = record.body.byteOffset - data.byteOffset;
  const streams = bodiesOf(record);
  const whole = streams.filter(({ runs }) => runs.length === 2 && runs[0] !== inContext);
  return (
    whole
      .map(({ runs: [from = 0, length = 0] }) => [start + from, start + from + length] as const)
      .sort(([a], [b]) => a - b)
      .some(([from, to]) => holdsBetween(from, to)) ||
    streams.some((stream) => stream.runs.length > 2 && bytesOfStream(stream, record.body).includes(needle))
  );
}
