// The ring's record of a compact trace: its row of numbers and its bytes, copied as they lie in memory. To make the
// JSON text of a whole trace's record takes the requests' thread three times as long.
import type { ProcessInfo } from "../../contract/trace.js";
import { timingNames } from "../../contract/trace-values.js";
import { protocolStatus } from "../../protocol/fastcgi/record-types.js";
import {
  type CompactTrace,
  conversationIntegers,
  conversationTimes,
  keptStreams,
  place,
  RowReader,
  rowBytes,
} from "../compact/index.js";
import type { TraceRecord } from "../trace-record.js";
import { inContext, type PackedFacts, type PackedTrace, type StoredStream, storedStreams } from "./packed-trace.js";
import { type RingRecord, recordForm, recordHead, recordHeadBytes } from "./shared-ring.js";

/** What the row of numbers does not have. */
interface Meta extends Pick<PackedFacts, "id" | "p" | "fi"> {
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

let lastProcess: { readonly process: ProcessInfo; readonly json: string } | null = null;

/** The requests that a worker process served in turn have the same object. */
function processJson(process: ProcessInfo): string {
  if (lastProcess?.process !== process) lastProcess = { process, json: JSON.stringify(process) };
  return lastProcess.json;
}

/**
 * Numbers before the row: where the part of the trace's memory begins, its length, that of what the
 * context has, and how many pieces follow.
 */
const placesLength = 4;
/** Those of the record that is being made. Memory of its own for each would cost more than all else here. */
const places = new Int32Array(placesLength + keptStreams.length);
const placesBytes = new Uint8Array(places.buffer);

/** The parts hold until the next call. */
export function packCompact({ id }: Pick<TraceRecord, "id">, compacted: CompactTrace): PackedTrace {
  const { memory, own, worker, process, findings, context } = compacted;
  let json = `{"id":"${id}"`;
  if (worker !== null) json += `,"w":${quote(worker)}`;
  if (process) json += `,"p":${processJson(process)}`;
  if (findings.length > 0) json += `,"fi":${JSON.stringify(findings)}`;
  const { from, length } = memory ? partInUse(compacted) : nothing;
  places[0] = from;
  places[1] = length;
  places[2] = context.sent?.length ?? 0;
  places[3] = own.length;
  const parts = [placesBytes.subarray(0, 4 * (placesLength + own.length)), rowBytes(compacted)];
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

/** From the first to the last byte that the trace's streams have in its memory. */
function partInUse({ numbers, from: rowFrom, worker }: CompactTrace): typeof nothing {
  let [from, to] = [Number.MAX_SAFE_INTEGER, 0];
  const row = new RowReader({ numbers, from: rowFrom + streamsPlace(worker !== null) });
  for (const _ of keptStreams) {
    const where = row.integer();
    if (where === place.noStream || where === place.empty) continue;
    row.integer(); // its time
    if (where !== place.memory) continue;
    const at = row.count();
    from = Math.min(from, at);
    to = Math.max(to, at + row.count());
  }
  return to > from ? { from, length: to - from } : nothing;
}

/** The facts of a record, as `packTrace` would have made them. */
export function factsOf({ form, json, body }: RingRecord): PackedFacts {
  if (form !== recordForm.compact) return JSON.parse(json.toString());
  const { id, p, fi, w }: Meta = JSON.parse(json.toString());
  const row = new RowReader({ numbers: numbersOf(body), from: 0 });
  row.double(); // `t0Ms` means something to the process alone
  const at = row.double();
  const nth = row.count();
  const t = timingNames.map(() => row.integer());
  const conversation = w === undefined ? null : conversationOf(w, row);
  return {
    ...{ id, at, nth, t, s: streamsOf(body, row) },
    ...(p && { p }),
    ...(fi && { fi }),
    ...(conversation && { fc: conversation }),
  };
}

/** What the row of a trace is made from. */
interface RecordedRow {
  readonly id: string;
  /** Unix time, ms. */
  readonly at: number;
  /** Until the end, µs. */
  readonly took: number | null;
  readonly requestBody: StoredStream | 0;
  readonly responseBody: StoredStream | 0;
  readonly stderr: StoredStream | 0;
  readonly findings: PackedFacts["fi"] | null;
}

/**
 * The same as `factsOf` would give, for the thread that makes rows under load: of a
 * compact trace no more is read than this.
 */
export function recordedRow(record: RingRecord): RecordedRow {
  const { json, body, form } = record;
  if (form !== recordForm.compact) {
    const { id, at, t, s, fi } = factsOf(record);
    return { id, at, took: t.at(-1) ?? null, ...streamsInRow(s), findings: fi ?? null };
  }
  const [idAt, row] = [json.indexOf(idKey) + idKey.length, 4 * rowAtOf(body)];
  const { fi }: Partial<Meta> = json.includes(findingsKey) ? JSON.parse(json.toString()) : {};
  const took = body.readInt32LE(row + 4 * (factsLength - 1));
  return {
    id: json.toString("latin1", idAt, json.indexOf(0x22, idAt)),
    at: body.readDoubleLE(row + 4 * atPlace),
    took: took < 0 ? null : took,
    ...streamsInRow(compactStreams(json, body)),
    findings: fi ?? null,
  };
}

/** What a record that is not compact has of the request body and of the response body. */
export function bodiesOf({ json }: RingRecord): readonly (StoredStream | 0)[] {
  const { requestBody, responseBody } = streamsInRow(storedFacts(json).s);
  return [requestBody, responseBody];
}

/**
 * Of a compact trace: where in the batch its request body begins and ends, and then its response body; 0 and 0: it has
 * none. A search does this for each trace: no objects are made.
 */
export function compactBodies(batch: DataView, at: number, into: Int32Array): void {
  const number = (place: number): number => batch.getInt32(place, true);
  const json = at + recordHeadBytes;
  const body = json + number(at + 4 * recordHead.jsonBytes);
  const row = body + 4 * (placesLength + number(body + 12));
  const memory = row + 4 * number(row);
  let [own, nextOwn] = [memory + number(body + 4), body + 4 * placesLength];
  let next = row + 4 * (factsLength + (hasWorker(batch, json) ? conversationLength : 0));
  into.fill(0);
  for (let stream = 0; stream <= responseStream; stream++) {
    const where = number(next);
    next += where === place.noStream || where === place.empty ? 4 : where === place.memory ? 16 : 8;
    if (where !== place.memory && where !== place.own) continue;
    const from = where === place.memory ? memory + number(next - 8) - number(body) : own;
    const length = number(where === place.memory ? next - 4 : nextOwn);
    if (where === place.own) [own, nextOwn] = [own + length, nextOwn + 4];
    if (stream !== requestStream && stream !== responseStream) continue;
    const pair = stream === requestStream ? 0 : 2;
    into[pair] = from;
    into[pair + 1] = from + length;
  }
}

const [requestStream, responseStream] = [keptStreams.indexOf("requestBody"), keptStreams.indexOf("responseBody")];

/** Whether the JSON text goes on with `workerKey` behind the id. */
function hasWorker(batch: DataView, json: number): boolean {
  let at = json + jsonBeginning.length;
  while (batch.getUint8(at) !== quoteMark) at++;
  for (const byte of workerKey) if (batch.getUint8(++at) !== byte) return false;
  return true;
}

const [stderrPlace, requestPlace, responsePlace] = [
  storedStreams.indexOf("stderr"),
  storedStreams.indexOf("requestBody"),
  storedStreams.indexOf("responseBody"),
];
const streamsInRow = (streams: readonly (StoredStream | 0)[]) => ({
  requestBody: streams[requestPlace] ?? 0,
  responseBody: streams[responsePlace] ?? 0,
  stderr: streams[stderrPlace] ?? 0,
});
const storedFacts = (json: Buffer): PackedFacts => JSON.parse(json.toString());

/** In the JSON text quotes within a text are escaped: these are keys. */
const [idKey, workerKey, findingsKey] = [Buffer.from('"id":"'), Buffer.from(',"w":'), Buffer.from(',"fi":')];
const [jsonBeginning, quoteMark] = ['{"id":"', 0x22];
/** Numbers before those of a conversation; the first one says how many there are. */
const factsLength = 6 + timingNames.length;
const atPlace = 3;
const conversationLength = 1 + conversationIntegers.length + conversationTimes.length;

/** In a row: the place before the streams. */
const streamsPlace = (hasConversation: boolean): number => factsLength - 1 + (hasConversation ? conversationLength : 0);

/** Reads only the streams. */
function compactStreams(json: Buffer, body: Buffer): (StoredStream | 0)[] {
  const from = streamsPlace(json.includes(workerKey));
  return streamsOf(body, new RowReader({ numbers: numbersOf(body), from }));
}

const rowAtOf = (body: Buffer): number => placesLength + body.readInt32LE(12);

/** The row of numbers. In the record it is not aligned. */
function numbersOf(body: Buffer): Int32Array {
  const from = 4 * rowAtOf(body);
  const numbers = new Int32Array(body.readInt32LE(from));
  body.copy(new Uint8Array(numbers.buffer), 0, from);
  return numbers;
}

/** Where each stream is in `storedStreams`. */
const storedPlaces = keptStreams.map((name) => storedStreams.indexOf(name));

/** `row` has come to the streams. */
function streamsOf(body: Buffer, row: RowReader): (StoredStream | 0)[] {
  const [memoryFrom, memoryLength, sentLength] = [body.readInt32LE(0), body.readInt32LE(4), body.readInt32LE(8)];
  const rowAt = rowAtOf(body);
  const memoryAt = 4 * (rowAt + body.readInt32LE(4 * rowAt));
  let [ownAt, nextOwn] = [memoryAt + memoryLength, placesLength];
  const streams: (StoredStream | 0)[] = storedStreams.map(() => 0);
  for (const index of storedPlaces) {
    const where = row.integer();
    if (where === place.noStream) continue;
    if (where === place.empty) {
      streams[index] = [0, [], []];
      continue;
    }
    const time = row.integer() ?? 0;
    let [from, length] = [inContext, sentLength];
    if (where === place.memory) [from, length] = [memoryAt + row.count() - memoryFrom, row.count()];
    else if (where !== place.context) {
      [from, length] = [ownAt, body.readInt32LE(4 * nextOwn++)];
      ownAt += length;
    }
    streams[index] = [length, [time, length], [from, length]];
  }
  return streams;
}

function conversationOf(worker: string, row: RowReader): NonNullable<PackedFacts["fc"]> {
  const reused = row.integer() === 1;
  const [pid = null, nth = null] = conversationIntegers.map(() => row.integer());
  const turn = conversationTimes.map(() => row.integer());
  return {
    ...{ worker, pid, nth, role: "responder", reused, attempts: 1, appStatus: 0 },
    ...{ protocolStatus: protocolStatus.requestComplete, notes: [], uncounted: 0, turn },
  };
}
