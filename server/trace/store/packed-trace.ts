// A trace as the store keeps it: what similar traces share as one JSON text, its own facts as another, and the bytes of
// its streams, each once: a script's response body lies in its stdout, and that in what a FastCGI application sent.
// What can be computed from these is computed again when the trace is read.

import { timingNames } from "../../contract/trace-values.js";
import { type KeptStream, type SharedContext, streamIn } from "../compact/index.js";
import type { FastcgiRecorder, KeptRecord } from "../fastcgi-recorder.js";
import type { RecordedScript, TraceRecord } from "../trace-record.js";

/** A stream that holds another one's bytes comes before it. */
export const storedStreams = [
  "received",
  "sent",
  "stdout",
  "stderr",
  "stdin",
  "requestBody",
  "responseBody",
] as const satisfies readonly KeptStream[];

/**
 * Bytes that passed; time (in µs) and length of each write; place and length of each run of kept bytes, in the body of
 * the record or, `inContext`, of its context.
 */
export type StoredStream = readonly [bytes: number, writes: readonly number[], runs: readonly number[]];
export const inContext = -1;

/** What the body of a record has of a stream, in one piece. */
export function bytesOfStream([, , runs]: StoredStream, body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [from = 0, length = 0] = [runs[i], runs[i + 1]];
    if (from !== inContext) parts.push(body.subarray(from, from + length));
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : Buffer.concat(parts);
}

/** The facts of one trace. Short names: there is one of these for each request. */
export interface PackedFacts {
  readonly id: string;
  /** Unix time, ms. */
  readonly at: number;
  /** Of its connection. */
  readonly nth: number;
  /** In the order of `timingNames`, µs. */
  readonly t: readonly (number | null)[];
  /** In the order of `storedStreams`; 0: there is none. */
  readonly s: readonly (StoredStream | 0)[];
  readonly p?: TraceRecord["process"];
  readonly fi?: TraceRecord["findings"];
  readonly fc?: ReturnType<typeof conversationOf>;
  /** If it cannot be read again from stdout; null: there is none. */
  readonly sc?: RecordedScript | null;
  /** If they cannot be read again from the head. */
  readonly h?: TraceRecord["request"]["headers"];
}

/** What the traces of a context share, as it is kept. */
export type StoredContext = Omit<SharedContext, "sent">;

/** Similar requests share most of these objects, and so their texts. */
const texts = new WeakMap<object, string>();

function sharedJson(shared: object | null): string {
  if (shared === null) return "null";
  let text = texts.get(shared);
  if (text === undefined) {
    text = JSON.stringify(shared);
    texts.set(shared, text);
  }
  return text;
}

/**
 * As JSON.stringify would make it. The variables are most of it, and most of
 * them are equal to those of earlier requests.
 */
export function contextJson({ sent: _, env, notes, route, argv, notExported, ...rest }: SharedContext): string {
  const { policy, ...ownNotes } = notes;
  const variables = env === null ? "null" : `[${env.map(sharedJson).join(",")}]`;
  const shared = `"route":${sharedJson(route)},"argv":${sharedJson(argv)},"notExported":${sharedJson(notExported)}`;
  const withPolicy = `${JSON.stringify(ownNotes).slice(0, -1)},"policy":${sharedJson(policy)}}`;
  return `${JSON.stringify(rest).slice(0, -1)},${shared},"notes":${withPolicy},"env":${variables}}`;
}

export interface PackedTrace {
  readonly json: string;
  readonly parts: readonly Uint8Array[];
  /** Of all parts. */
  readonly bytes: number;
}

/** `isShortened`: without the bytes of its streams. */
export function packTrace(trace: TraceRecord, { sent }: SharedContext, isShortened: boolean): PackedTrace {
  const runs = new Runs(sent);
  const streams: (StoredStream | 0)[] = [];
  for (const name of storedStreams) {
    const stream = streamIn[name](trace);
    if (!stream) {
      streams.push(0);
      continue;
    }
    const found: number[] = [];
    if (stream.captured > 0 && !isShortened) for (const part of stream.parts()) runs.add(part, found);
    streams.push([stream.bytes, writesOf(stream), found]);
  }
  const { process, findings, fastcgi, script, request } = trace;
  const facts: PackedFacts = {
    id: trace.id,
    at: trace.startedAt,
    nth: trace.connection.nth,
    t: timingNames.map((name) => micros(trace.timing[name])),
    s: streams,
    ...(process && { p: process }),
    ...(findings.length > 0 && { fi: findings }),
    ...(fastcgi && { fc: conversationOf(fastcgi) }),
    ...((isShortened || !canBeReadAgain(trace)) && { sc: script }),
    ...((request.head === "" || request.headers.length === 0) && { h: request.headers }),
  };
  return { json: JSON.stringify(facts), parts: runs.parts, bytes: runs.bytes };
}

function canBeReadAgain({ stdout, script, notes }: TraceRecord): boolean {
  if (script === null || script.kind === "nph" || notes.policy === null || stdout === null) return false;
  return stdout.bytes > 0 && stdout.captured === stdout.bytes;
}

function writesOf({ isSimple, firstAt, bytes, chunks }: NonNullable<ReturnType<(typeof streamIn)["stdout"]>>) {
  if (bytes === 0) return [];
  if (isSimple) return [Math.round((firstAt ?? 0) * 1000), bytes];
  return chunks.flatMap(({ at, length }) => [Math.round(at * 1000), length]);
}

const micros = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 1000));

const toMicros = (record: KeptRecord): KeptRecord => ({ ...record, at: Math.round(record.at * 1000) / 1000 });

function conversationOf(recorder: FastcgiRecorder) {
  const { worker, pid, nth, role, reused, attempts, appStatus, protocolStatus, notes } = recorder;
  const { queuedAt, readyAt, connectedAt, uncounted } = recorder;
  const further: KeptRecord[] = recorder.recordCount > 0 ? recorder.furtherRecords.map(toMicros) : [];
  return {
    ...{ worker, pid, nth, role, reused, attempts, appStatus, protocolStatus, notes, uncounted },
    turn: [micros(queuedAt), micros(readyAt), micros(connectedAt)],
    ...(further.length > 0 && { further }),
  };
}

/** The bytes of all streams, one after the other, without those that lie in an earlier one. */
class Runs {
  readonly parts: Uint8Array[] = [];
  bytes = 0;
  readonly #places: number[] = [];
  /**
   * Streams that share memory are met in the same order: the next part probably
   * lies behind the last one that was found.
   */
  #next = 0;
  readonly #sent: Uint8Array | null;

  constructor(sent: Uint8Array | null) {
    this.#sent = sent;
  }

  add(part: Uint8Array, runs: number[]): void {
    if (part === this.#sent) {
      runs.push(inContext, part.length);
      return;
    }
    const at = this.#find(part) ?? this.#append(part);
    const before = runs.length - 2;
    if (before >= 0 && runs[before] !== inContext && (runs[before] ?? 0) + (runs[before + 1] ?? 0) === at)
      runs[before + 1] = (runs[before + 1] ?? 0) + part.length;
    else runs.push(at, part.length);
  }

  #append(part: Uint8Array): number {
    this.parts.push(part);
    this.#places.push(this.bytes);
    this.bytes += part.length;
    return this.bytes - part.length;
  }

  #find(part: Uint8Array): number | null {
    const { length } = this.parts;
    for (let tried = 0; tried < length; tried++) {
      const index = (this.#next + tried) % length;
      const other = this.parts[index];
      if (!other || other.buffer !== part.buffer || part.byteOffset < other.byteOffset) continue;
      if (part.byteOffset + part.length > other.byteOffset + other.length) continue;
      this.#next = index;
      return (this.#places[index] ?? 0) + part.byteOffset - other.byteOffset;
    }
    return null;
  }
}
