// From the compact form back to the record, and to what the list shows.
import type { FastcgiTurn, Timing } from "../../contract/trace.js";
import { timingNames } from "../../contract/trace-values.js";
import { protocolStatus } from "../../protocol/fastcgi/record-types.js";
import { headersOf } from "../../protocol/http1/head-grammar.js";
import { CapturedStream } from "../captured-stream.js";
import { FastcgiRecorder } from "../fastcgi-recorder.js";
import { readAgain } from "../recorded-script.js";
import { noTiming, type TraceRecord } from "../trace-record.js";
import {
  type CompactTrace,
  conversationIntegers,
  conversationTimes,
  type KeptStream,
  keptStreams,
  place,
} from "./fields.js";
import { RowReader } from "./number-pages.js";

interface KeptBytes {
  readonly bytes: Uint8Array | null;
  readonly at: number;
}
type Numbers<Names extends readonly string[]> = Record<Names[number], number | null>;
interface Conversation extends Numbers<typeof conversationTimes>, Numbers<typeof conversationIntegers> {
  readonly reused: boolean;
}
/** What the numbers of a compact trace say. */
interface Unpacked {
  readonly t0Ms: number;
  readonly startedAt: number;
  readonly nth: number;
  readonly timing: Timing;
  /** Null: not over FastCGI. */
  readonly conversation: Conversation | null;
  readonly streams: Readonly<Partial<Record<KeptStream, KeptBytes>>>;
}

/** In the order in which `TraceCompactor` packs them. */
function unpack(compacted: CompactTrace): Unpacked {
  const row = new RowReader(compacted);
  const t0Ms = row.double();
  const startedAt = row.double();
  const nth = row.count();
  const timing = noTiming();
  for (const name of timingNames) timing[name] = row.time();
  const conversation = compacted.worker === null ? null : unpackConversation(row);
  return { t0Ms, startedAt, nth, timing, conversation, streams: unpackStreams(row, compacted) };
}

function unpackConversation(row: RowReader): Conversation {
  const reused = row.integer() === 1;
  const found: Conversation = { reused, pid: null, nth: null, queuedAt: null, readyAt: null, connectedAt: null };
  for (const name of conversationIntegers) found[name] = row.integer();
  for (const name of conversationTimes) found[name] = row.time();
  return found;
}

function unpackStreams(row: RowReader, { context, memory, own }: CompactTrace): Unpacked["streams"] {
  const streams: Partial<Record<KeptStream, KeptBytes>> = {};
  let nextOwn = 0;
  const bytesAt = (where: number): Uint8Array | null => {
    if (where === place.context) return context.sent;
    if (where === place.own) return own[nextOwn++] ?? null;
    return memory && new Uint8Array(memory, row.count(), row.count());
  };
  for (const name of keptStreams) {
    const where = row.integer() ?? place.noStream;
    if (where === place.noStream) continue;
    if (where === place.empty) streams[name] = { bytes: null, at: 0 };
    else streams[name] = { at: row.time() ?? 0, bytes: bytesAt(where) };
  }
  return streams;
}

/** The whole record again. */
export function expand(compacted: CompactTrace, idOf: (startedAt: number) => string): TraceRecord {
  const { seq, context, process, findings, examined, pinned, rev } = compacted;
  const { connectionId, request, response, sent: _, ...shared } = context;
  const unpacked = unpack(compacted);
  const { t0Ms, startedAt, nth, timing, streams } = unpacked;
  const stream = (name: KeptStream): CapturedStream | null => {
    const kept = streams[name];
    return kept ? CapturedStream.of(kept.bytes, kept.at) : null;
  };
  const some = (name: KeptStream): CapturedStream => stream(name) ?? CapturedStream.of(null, 0);
  const { policy } = shared.notes;
  const stdout = streams.stdout?.bytes;
  return {
    isCompact: false,
    ...shared,
    id: idOf(startedAt),
    seq,
    startedAt,
    t0Ms,
    connection: { id: connectionId, nth },
    request: { ...request, headers: headersOf(request.head), body: some("requestBody") },
    stdin: stream("stdin"),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    script: policy && readAgain(stdout ?? new Uint8Array(0), policy),
    response: response && { ...response, body: some("responseBody") },
    process,
    fastcgi: fastcgiOf(compacted, unpacked),
    timing,
    findings,
    examined,
    pinned,
    rev,
    cost: 0,
  };
}

function fastcgiOf({ worker }: CompactTrace, { t0Ms, conversation, streams }: Unpacked): FastcgiRecorder | null {
  if (!conversation) return null;
  const recorder = new FastcgiRecorder(t0Ms, Number.MAX_SAFE_INTEGER);
  recorder.worker = worker;
  recorder.reused = conversation.reused;
  for (const name of conversationIntegers) recorder[name] = conversation[name];
  for (const name of conversationTimes) recorder[name] = conversation[name];
  recorder.attempts = 1;
  recorder.appStatus = 0;
  recorder.protocolStatus = protocolStatus.requestComplete;
  for (const direction of ["sent", "received"] as const) {
    const kept = streams[direction];
    if (kept?.bytes) recorder[direction].add(kept.bytes, kept.at);
  }
  return recorder;
}

/** What a row of the list needs, without the whole record. */
export function rowFacts(compacted: CompactTrace) {
  const { context, findings } = compacted;
  const { startedAt, timing, conversation, streams } = unpack(compacted);
  const turn: FastcgiTurn | null = conversation && {
    readyAt: conversation.readyAt,
    connectedAt: conversation.reused ? null : conversation.connectedAt,
    begunAt: streams.sent?.at ?? null,
  };
  return {
    startedAt,
    route: context.route,
    parent: context.parent,
    findings,
    from: context.client.from,
    method: context.request.method,
    target: context.request.target,
    status: context.response?.status ?? null,
    outcome: context.outcome,
    responseBytes: streams.responseBody?.bytes?.length ?? 0,
    timing,
    fastcgi: turn,
  };
}
