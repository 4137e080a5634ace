// The ring's record of a compact trace: its row of numbers and its bytes, copied as they lie in memory. To make the JSON text of a whole
// trace's record takes the requests' thread three times as long.
import { protocolStatus } from "../../protocol/fastcgi/record-types.js";
import {
  type CompactTrace,
  conversationIntegers,
  conversationTimes,
  place,
  RowReader,
  rowBytes,
  streamIn,
  streamNames,
  timingNames,
} from "../compact/index.js";
import type { TraceRecord } from "../trace-record.js";
import { inContext, type PackedTrace, type StoredStream, storedStreams, type TraceFacts } from "./packed-trace.js";
import { type RingRecord, recordForm } from "./shared-ring.js";

/** What the row of numbers does not have. */
interface Meta extends Pick<TraceFacts, "id" | "p" | "fi"> {
  /** Null: not over FastCGI. */
  readonly w?: string;
}

/** The JSON text of names that many traces have. */
const quoted = new Map<string, string>();
const maxQuoted = 256;

function quote(name: string): string {
  let text = quoted.get(name);
  if (text === undefined) {
    if (quoted.size >= maxQuoted) quoted.clear();
    text = JSON.stringify(name);
    quoted.set(name, text);
  }
  return text;
}

/** Numbers before the row: where the part of the trace's memory begins, its length, that of what the context has, and how many pieces follow. */
const placesLength = 4;

export function packCompact(trace: TraceRecord, compacted: CompactTrace): PackedTrace {
  const { memory, own, worker, process, findings, context } = compacted;
  let json = `{"id":"${trace.id}"`;
  if (worker !== null) json += `,"w":${quote(worker)}`;
  if (process) json += `,"p":${JSON.stringify(process)}`;
  if (findings.length > 0) json += `,"fi":${JSON.stringify(findings)}`;
  const { from, length } = memory ? partInUse(trace, memory) : nothing;
  const places = new Int32Array(placesLength + own.length);
  places[0] = from;
  places[1] = length;
  places[2] = context.sent?.length ?? 0;
  places[3] = own.length;
  const parts = [new Uint8Array(places.buffer), rowBytes(compacted)];
  if (memory && length > 0) parts.push(new Uint8Array(memory, from, length));
  own.forEach((bytes, index) => {
    places[placesLength + index] = bytes.length;
    parts.push(bytes);
  });
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return { json: `${json}}`, parts, bytes };
}

const nothing = { from: 0, length: 0 };

/** From the first to the last byte that the trace's streams have there. */
function partInUse(trace: TraceRecord, memory: ArrayBufferLike): { readonly from: number; readonly length: number } {
  let from = memory.byteLength;
  let to = 0;
  for (const name of storedStreams) {
    const bytes = streamIn[name](trace)?.firstBytes;
    if (bytes?.buffer !== memory) continue;
    from = Math.min(from, bytes.byteOffset);
    to = Math.max(to, bytes.byteOffset + bytes.length);
  }
  return to > from ? { from, length: to - from } : nothing;
}

/** The facts of a record, as `packTrace` would have made them. */
export function factsOf({ form, json, body }: RingRecord): TraceFacts {
  return form === recordForm.compact ? compactFacts(JSON.parse(json.toString()), body) : JSON.parse(json.toString());
}

function compactFacts({ id, p, fi, w }: Meta, body: Buffer): TraceFacts {
  const int = (index: number): number => body.readInt32LE(4 * index);
  const rowAt = placesLength + int(3);
  const rowLength = int(rowAt);
  const numbers = Int32Array.from({ length: rowLength }, (_, index) => int(rowAt + index));
  const row = new RowReader({ numbers, from: 0 });
  row.double(); // `t0Ms` means something to the process alone
  const at = row.double();
  const nth = row.count();
  const t = timingNames.map(() => row.integer());
  const conversation = w === undefined ? null : conversationOf(w, row);
  const memoryAt = 4 * (rowAt + rowLength);
  let ownAt = memoryAt + int(1);
  let nextOwn = placesLength;
  const placeOf = (where: number | null): readonly [from: number, length: number] => {
    if (where === place.context) return [inContext, int(2)];
    if (where === place.memory) return [memoryAt + row.count() - int(0), row.count()];
    const length = int(nextOwn++);
    ownAt += length;
    return [ownAt - length, length];
  };
  const streams: Partial<Record<string, StoredStream>> = {};
  for (const name of streamNames) {
    const where = row.integer();
    if (where === place.noStream) continue;
    if (where === place.empty) {
      streams[name] = [0, [], []];
      continue;
    }
    const time = row.integer() ?? 0;
    const [from, length] = placeOf(where);
    streams[name] = [length, [time, length], [from, length]];
  }
  return {
    ...{ id, at, nth, t },
    s: storedStreams.map((name) => streams[name] ?? 0),
    ...(p && { p }),
    ...(fi && { fi }),
    ...(conversation && { fc: conversation }),
  };
}

function conversationOf(worker: string, row: RowReader): NonNullable<TraceFacts["fc"]> {
  const reused = row.integer() === 1;
  const [pid = null, nth = null] = conversationIntegers.map(() => row.integer());
  const turn = conversationTimes.map(() => row.integer());
  return {
    ...{ worker, pid, nth, role: "responder", reused, attempts: 1, appStatus: 0 },
    ...{ protocolStatus: protocolStatus.requestComplete, notes: [], uncounted: 0, turn },
  };
}
