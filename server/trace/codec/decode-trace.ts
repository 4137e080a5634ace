// From a record back to the trace, to the row of a list, and to the places of its bodies.
import type { FastcgiTurn, StreamName, Timing } from "../../contract/trace.js";
import { timingNames } from "../../contract/trace-values.js";
import { protocolStatus } from "../../protocol/fastcgi/record-types.js";
import { headersOf } from "../../protocol/http1/head-grammar.js";
import { CapturedStream } from "../captured-stream.js";
import { FastcgiRecorder } from "../fastcgi-recorder.js";
import { readAgain } from "../recorded-script.js";
import { noTiming, type TraceRecord } from "../trace-record.js";
import { conversationNumbers, type TraceFacts } from "./facts.js";
import { NumberReader } from "./numbers.js";
import { recordAt, recordHead, recordHeadBytes, type StoredRecord } from "./record.js";
import { decodeContext, type SharedContext } from "./shared-contexts.js";
import { form, inContext, readStream, recordedStreams, type StoredStream } from "./streams.js";

/** What is known of a trace beside its record. */
export interface BesideRecord extends Pick<TraceRecord, "seq" | "pinned"> {
  /** Null: those of the record. */
  readonly findings: TraceRecord["findings"] | null;
  readonly examined?: boolean;
  readonly rev?: number;
}

/** The record of a trace, and that of what it shares with others, as the store has them. */
export interface StoredTrace extends BesideRecord {
  readonly record: Uint8Array;
  readonly context: Uint8Array;
}

type Conversation = Pick<FastcgiRecorder, "reused" | (typeof conversationNumbers)[number]>;

/** The order is that of `traceParts`. */
function readNumbers(record: StoredRecord, sentBytes: number) {
  const numbers = new NumberReader(record);
  const startedAt = numbers.double();
  const t0Ms = numbers.double(); // it means something to the process alone
  const nth = numbers.double();
  const timing: Timing = noTiming();
  for (const name of timingNames) timing[name] = numbers.doubleOrNull();
  const conversation = numbers.integer() === 1 ? readConversation(numbers) : null;
  const streams: Partial<Record<StreamName, StoredStream>> = {};
  for (const name of recordedStreams) {
    const stream = readStream(numbers, sentBytes);
    if (stream) streams[name] = stream;
  }
  return { startedAt, t0Ms, nth, timing, conversation, streams };
}

function readConversation(numbers: NumberReader): Conversation {
  const reused = numbers.integer() === 1;
  const found: Conversation = { reused, pid: null, nth: null, queuedAt: null, readyAt: null, connectedAt: null };
  for (const name of conversationNumbers) found[name] = numbers.doubleOrNull();
  return found;
}

/** @throws SyntaxError, RangeError if it is damaged */
export function decodeStored({ record, context, ...beside }: StoredTrace): TraceRecord {
  const at = (bytes: Uint8Array): StoredRecord =>
    recordAt(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  return decodeTrace(at(record), decodeContext(at(context)), beside);
}

/** The trace; its streams are views of the record. @throws SyntaxError, RangeError if it is damaged */
export function decodeTrace(
  record: StoredRecord,
  { sent, connectionId, request, response, ...shared }: SharedContext,
  { seq, pinned, findings, examined = true, rev = 0 }: BesideRecord,
): TraceRecord {
  const facts: TraceFacts = JSON.parse(record.json.toString());
  const { startedAt, t0Ms, nth, timing, conversation, streams } = readNumbers(record, sent?.length ?? 0);
  const stream = (name: StreamName): CapturedStream | null => {
    const stored = streams[name];
    return stored ? streamOf(stored, record.body, sent) : null;
  };
  const some = (name: StreamName): CapturedStream => stream(name) ?? CapturedStream.of(null, 0);
  const { policy } = shared.notes;
  const stdout = stream("stdout");
  const canBeReadAgain = facts.script === undefined && policy !== null && stdout !== null;
  return {
    isEncoded: false,
    ...shared,
    id: facts.id,
    seq,
    startedAt,
    t0Ms,
    connection: { id: connectionId, nth },
    request: { ...request, headers: facts.headers ?? headersOf(request.head), body: some("request-body") },
    stdin: stream("stdin"),
    stdout,
    stderr: stream("stderr"),
    script: canBeReadAgain ? readAgain(stdout.read(0, stdout.captured), policy) : (facts.script ?? null),
    response: response && { ...response, body: some("response-body") },
    process: facts.process ?? null,
    fastcgi: conversation && fastcgiOf(facts, conversation, stream),
    timing,
    findings: findings ?? facts.findings ?? [],
    examined,
    pinned,
    rev,
  };
}

function fastcgiOf(
  { worker = null, conversation }: TraceFacts,
  turn: Conversation,
  stream: (name: StreamName) => CapturedStream | null,
): FastcgiRecorder {
  const { notes, further, ...rest } = conversation ?? {
    attempts: 1,
    appStatus: 0,
    protocolStatus: protocolStatus.requestComplete,
    notes: [],
    further: [],
  };
  const recorder = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
  Object.assign(recorder, turn, rest, { worker });
  for (const note of notes) recorder.note(note);
  for (const direction of ["sent", "received"] as const) recorder[direction].takeFrom(stream(`fastcgi-${direction}`));
  for (const { direction, offset, at, ...header } of further) recorder.record(direction, header, offset, at);
  return recorder;
}

function streamOf({ bytes, writes, runs }: StoredStream, body: Uint8Array, sent: Uint8Array | null): CapturedStream {
  const kept: Uint8Array[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const [at = 0, length = 0] = [runs[i], runs[i + 1]];
    if (at === inContext && sent === null) throw new RangeError("a record's context lacks its bytes");
    kept.push(at === inContext && sent ? sent.subarray(0, length) : body.subarray(at, at + length));
  }
  const chunks: { at: number; offset: number; length: number }[] = [];
  for (let i = 0, offset = 0; i < writes.length; i += 2) {
    const [at = 0, length = 0] = [writes[i], writes[i + 1]];
    chunks.push({ at, offset, length });
    offset += length;
  }
  const [only] = kept;
  const stream = CapturedStream.restored(chunks, only && kept.length === 1 ? only : Buffer.concat(kept));
  stream.bytes = bytes;
  return stream;
}

const jsonBeginning = '{"id":"';
const quoteMark = 0x22;
const findingsKey = Buffer.from(',"findings":');

/** What a row needs, without the whole trace. `sentBytes`: how many the context has. */
export function rowNumbers(record: StoredRecord, sentBytes = 0) {
  const { startedAt, timing, conversation, streams } = readNumbers(record, sentBytes);
  const turn: FastcgiTurn | null = conversation && {
    readyAt: conversation.readyAt,
    connectedAt: conversation.reused ? null : conversation.connectedAt,
    begunAt: streams["fastcgi-sent"]?.writes[0] ?? null,
  };
  return { startedAt, timing, fastcgi: turn, streams };
}

export const recordedId = ({ json }: StoredRecord): string =>
  json.toString("latin1", jsonBeginning.length, json.indexOf(quoteMark, jsonBeginning.length));

const processKey = Buffer.from(',"process":{');
const exitCodeKey = Buffer.from('"exitCode":');

/** The script's exit code, without parsing; null: none. JSON escapes the quotes within a text. */
export function recordedExitCode({ json }: StoredRecord): number | null {
  const process = json.indexOf(processKey);
  const at = process < 0 ? -1 : json.indexOf(exitCodeKey, process);
  const code = at < 0 ? Number.NaN : Number.parseInt(json.toString("latin1", at + exitCodeKey.length, at + 24), 10);
  return Number.isNaN(code) ? null : code;
}

/** The findings that were known when the trace ended; null: none. JSON escapes the quotes within a text. */
export function recordedFindings({ json }: StoredRecord): TraceRecord["findings"] | null {
  if (!json.includes(findingsKey)) return null;
  const { findings }: TraceFacts = JSON.parse(json.toString());
  return findings ?? null;
}

/** Numbers before those of the conversation: see `traceParts`. */
const factsLength = 2 + 2 + 2 + 2 * timingNames.length + 1;
const conversationLength = 1 + 2 * conversationNumbers.length;
const requestStream = recordedStreams.indexOf("request-body");
const responseStream = recordedStreams.indexOf("response-body");

/**
 * Where in the batch the request body of a trace begins and ends, and then its response body; 0 and 0: it has none. A
 * search does this for each trace: no objects are made. False: they lie in several runs, see `bodiesOf`.
 */
export function bodyRanges(batch: DataView, at: number, into: Int32Array): boolean {
  const first = at + recordHeadBytes;
  const number = (index: number): number => batch.getInt32(first + 4 * index, true);
  const body =
    first + 4 * batch.getInt32(at + 4 * recordHead.numbers, true) + batch.getInt32(at + 4 * recordHead.jsonBytes, true);
  into.fill(0);
  let next = factsLength + (number(factsLength - 1) === 1 ? conversationLength : 0);
  for (let stream = 0; stream <= responseStream; stream++) {
    const written = number(next++);
    if (written === form.none || written === form.empty) continue;
    let from = 0;
    let length = 0;
    if (written === form.inContext) next += 2;
    else if (written === form.whole) {
      [from, length] = [number(next + 2), number(next + 3)];
      next += 4;
    } else {
      next += 3 + 4 * number(next + 2);
      const runs = number(next++);
      if (runs > 1 && stream >= requestStream) return false;
      if (runs === 1) [from, length] = [number(next), number(next + 1)];
      next += 2 * runs;
    }
    if (stream < requestStream || length === 0 || from === inContext) continue;
    const pair = stream === requestStream ? 0 : 2;
    into[pair] = body + from;
    into[pair + 1] = body + from + length;
  }
  return true;
}

/** The request body and the response body. */
export function bodiesOf(record: StoredRecord): StoredStream[] {
  const { streams } = rowNumbers(record);
  return [streams["request-body"], streams["response-body"]].filter((stream) => stream !== undefined);
}
