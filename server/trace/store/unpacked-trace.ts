// From what the store keeps of a trace back to its record.

import { timingNames } from "../../contract/trace-values.js";
import { headersOf } from "../../protocol/http1/head-grammar.js";
import { CapturedStream } from "../captured-stream.js";
import type { KeptStream } from "../compact/index.js";
import { FastcgiRecorder } from "../fastcgi-recorder.js";
import { readAgain } from "../recorded-script.js";
import { noTiming, type TraceRecord } from "../trace-record.js";
import { inContext, type PackedFacts, type StoredContext, type StoredStream, storedStreams } from "./packed-trace.js";

/** What the store has of one trace. */
export interface StoredTrace {
  readonly seq: number;
  readonly pinned: boolean;
  readonly facts: PackedFacts;
  /** Those that were found after the trace had ended, in place of the ones in `facts`; null: none were. */
  readonly findings: TraceRecord["findings"] | null;
  readonly context: StoredContext;
  /** The bytes of the streams, and those that the context has. */
  readonly body: Uint8Array;
  readonly sent: Uint8Array;
}

export function unpackTrace({ seq, pinned, facts, findings, context, body, sent }: StoredTrace): TraceRecord {
  const { connectionId, request, response, ...shared } = context;
  const streams = new Map<KeptStream, CapturedStream>();
  facts.s.forEach((stored, index) => {
    const name = storedStreams[index];
    if (name && stored !== 0) streams.set(name, streamOf(stored, body, sent));
  });
  const stream = (name: KeptStream): CapturedStream | null => streams.get(name) ?? null;
  const some = (name: KeptStream): CapturedStream => stream(name) ?? CapturedStream.of(null, 0);
  const timing = noTiming();
  timingNames.forEach((name, index) => {
    timing[name] = millis(facts.t[index]);
  });
  const { policy } = shared.notes;
  const stdout = stream("stdout");
  return {
    isCompact: false,
    ...shared,
    id: facts.id,
    seq,
    startedAt: facts.at,
    t0Ms: 0,
    connection: { id: connectionId, nth: facts.nth },
    request: { ...request, headers: facts.h ?? headersOf(request.head), body: some("requestBody") },
    stdin: stream("stdin"),
    stdout,
    stderr: stream("stderr"),
    script:
      facts.sc === undefined && policy && stdout
        ? readAgain(stdout.read(0, stdout.captured), policy)
        : (facts.sc ?? null),
    response: response && { ...response, body: some("responseBody") },
    process: facts.p ?? null,
    fastcgi: fastcgiOf(facts.fc, stream),
    timing,
    findings: findings ?? facts.fi ?? [],
    examined: true,
    pinned,
    rev: 0,
    cost: 0,
  };
}

function fastcgiOf(
  conversation: PackedFacts["fc"],
  stream: (name: KeptStream) => CapturedStream | null,
): FastcgiRecorder | null {
  if (!conversation) return null;
  const { notes, turn, further, ...facts } = conversation;
  const recorder = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
  Object.assign(recorder, facts);
  [recorder.queuedAt, recorder.readyAt, recorder.connectedAt] = [millis(turn[0]), millis(turn[1]), millis(turn[2])];
  for (const note of notes) recorder.note(note);
  for (const direction of ["sent", "received"] as const) recorder[direction].takeFrom(stream(direction));
  for (const { direction, offset, at, ...header } of further ?? []) recorder.record(direction, header, offset, at);
  return recorder;
}

function streamOf([bytes, writes, runs]: StoredStream, body: Uint8Array, sent: Uint8Array): CapturedStream {
  const kept: Uint8Array[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [at = 0, length = 0] = [runs[i], runs[i + 1]];
    kept.push(at === inContext ? sent.subarray(0, length) : body.subarray(at, at + length));
  }
  const chunks: { at: number; offset: number; length: number }[] = [];
  for (let i = 0, offset = 0; i < writes.length; i += 2) {
    const length = writes[i + 1] ?? 0;
    chunks.push({ at: (writes[i] ?? 0) / 1000, offset, length });
    offset += length;
  }
  const stream = CapturedStream.restored(chunks, Buffer.concat(kept));
  stream.bytes = bytes;
  return stream;
}

const millis = (micros: number | null | undefined): number | null => (micros == null ? null : micros / 1000);
