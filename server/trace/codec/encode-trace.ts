// A trace that has ended, as bytes: in memory, in the ring and in the store's file. What similar traces share is in a
// context; what can be computed is computed again when the trace is read, by the functions that computed it first:
// header fields from the head, the script's response and its spans from stdout, FastCGI records from the bytes.
import type { Finding } from "../../contract/trace.js";
import { timingNames } from "../../contract/trace-values.js";
import type { FastcgiRecorder } from "../fastcgi-recorder.js";
import type { TraceRecord } from "../trace-record.js";
import type { StoredTrace } from "./decode-trace.js";
import { conversationNumbers, type TraceFacts } from "./facts.js";
import { NumberWriter } from "./numbers.js";
import { alone, RecordMemory, type RecordParts, recordKind, type WrittenRecord } from "./record.js";
import { contextParts, type SharedContext, SharedContexts } from "./shared-contexts.js";
import { StreamWriter } from "./streams.js";

/** An ended trace in memory: where its record lies, and what may still change. */
export interface EncodedTrace extends WrittenRecord {
  readonly isEncoded: true;
  readonly seq: number;
  readonly context: SharedContext;
  findings: readonly Finding[];
  /** The doctor's deferred rules have run. */
  examined: boolean;
  pinned: boolean;
  /** The number of its newest row. */
  rev: number;
  /** The store is going to have it, or has it. */
  isPassedOn: boolean;
  /** What keeping it costs, bytes. */
  readonly cost: number;
}

/**
 * Measured by test/bench/trace-memory.mjs, checked by test/unit/trace/trace-memory.test.ts: what an encoded
 * trace takes beside its record.
 */
const objectBytes = 200;
/** What a context takes that no other trace shares, beside two times the request's head; measured alike. */
const contextBytes = 500;

// One empty list for all traces that have nothing to list.
const noFindings: readonly Finding[] = [];

/** Encodes the traces of one log. It remembers what traces share. */
export class TraceEncoder {
  readonly #contexts = new SharedContexts();
  #memory = new RecordMemory();

  /** The trace has ended. */
  encode(trace: TraceRecord): EncodedTrace {
    const { context, isNew } = this.#contexts.of(trace);
    const { data, at, length } = this.#memory.write(traceParts(trace, context));
    const { seq, findings, examined, pinned, rev } = trace;
    const shared = isNew ? contextBytes + 2 * trace.request.head.length + (context.sent?.length ?? 0) : 0;
    // One object without a second one for its fields: there are many of them.
    return {
      isEncoded: true,
      seq,
      data,
      at,
      length,
      context,
      findings: findings.length === 0 ? noFindings : findings,
      examined,
      pinned,
      rev,
      isPassedOn: false,
      cost: objectBytes + length + shared,
    };
  }

  /** Forgets what traces share, and the memory that further ones would have shared. */
  clear(): void {
    this.#contexts.clear();
    this.#memory = new RecordMemory();
  }
}

/** A trace as bytes whose memory another thread can take over. */
export interface HandedOver extends StoredTrace {
  readonly record: Uint8Array<ArrayBuffer>;
  readonly context: Uint8Array<ArrayBuffer>;
}

/** Copies of its bytes, each in memory of its own, for another thread. */
export function handedOver({ data, at, length, context, seq, pinned, findings, examined }: EncodedTrace): HandedOver {
  return {
    seq,
    pinned,
    findings,
    examined,
    record: Uint8Array.from(data.subarray(at, at + length)),
    context: Uint8Array.from(alone(contextParts(context)).data),
  };
}

const numbers = new NumberWriter();
const streams = new StreamWriter(numbers);

/** The parts hold until the next call. `isShortened`: without the bytes of its streams. */
export function traceParts(trace: TraceRecord, { sent }: SharedContext, isShortened = false): RecordParts {
  numbers.begin();
  numbers.double(trace.startedAt);
  numbers.double(trace.t0Ms);
  numbers.double(trace.connection.nth);
  for (const name of timingNames) numbers.double(trace.timing[name]);
  const { fastcgi } = trace;
  numbers.integer(fastcgi ? 1 : 0);
  if (fastcgi) {
    numbers.integer(fastcgi.reused ? 1 : 0);
    for (const name of conversationNumbers) numbers.double(fastcgi[name]);
  }
  const body = streams.write(trace, sent, isShortened);
  return { kind: recordKind.trace, json: factsJson(trace, isShortened), numbers: numbers.bytes(), body };
}

/** What the numbers do not have. Texts that many traces have are made once. */
function factsJson(trace: TraceRecord, isShortened: boolean): string {
  const { process, findings, fastcgi, script, request, notes } = trace;
  let json = `{"id":"${trace.id}"`;
  if (fastcgi) json += `,"worker":${quote(fastcgi.worker)}`;
  if (process) json += `,"process":${processJson(process)}`;
  if (findings.length > 0) json += `,"findings":${JSON.stringify(findings)}`;
  if (fastcgi && !fastcgi.isSimple) json += `,"conversation":${JSON.stringify(conversationOf(fastcgi))}`;
  if ((isShortened || !canBeReadAgain(trace)) && (script !== null || notes.policy !== null))
    json += `,"script":${JSON.stringify(script)}`;
  if (request.head === "" || request.headers.length === 0) json += `,"headers":${JSON.stringify(request.headers)}`;
  return `${json}}`;
}

function canBeReadAgain({ stdout, script, notes }: TraceRecord): boolean {
  if (script === null || script.kind === "nph" || notes.policy === null || stdout === null) return false;
  return stdout.bytes > 0 && stdout.captured === stdout.bytes;
}

function conversationOf(recorder: FastcgiRecorder): NonNullable<TraceFacts["conversation"]> {
  const { role, attempts, appStatus, protocolStatus, notes, uncounted, recordCount, furtherRecords } = recorder;
  const further = recordCount > 0 ? furtherRecords : [];
  return { role, attempts, appStatus, protocolStatus, notes, uncounted, further };
}

/** The JSON text of workers' names: to make it takes six times as long as to find it. */
const quoted = new Map<string, string>();
const maxQuoted = 256;

function quote(name: string | null): string {
  if (name === null) return "null";
  let text = quoted.get(name);
  if (text === undefined) {
    if (quoted.size >= maxQuoted) quoted.clear();
    text = JSON.stringify(name);
    quoted.set(name, text);
  }
  return text;
}

let lastProcess: { readonly process: object; readonly json: string } | null = null;

/** The requests that a worker process served in turn have the same object. */
function processJson(process: object): string {
  if (lastProcess?.process !== process) lastProcess = { process, json: JSON.stringify(process) };
  return lastProcess.json;
}
